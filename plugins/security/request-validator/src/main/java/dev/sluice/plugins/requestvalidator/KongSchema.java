package dev.sluice.plugins.requestvalidator;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.ListField;
import dev.sluice.api.schema.NumberField;
import dev.sluice.api.schema.Operation;
import dev.sluice.api.schema.RecordField;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.SchemaException;
import dev.sluice.api.schema.SchemaRun;
import dev.sluice.api.schema.StringField;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Schemas in the language of Kong's own: a list of fields, each with its type and its rules. */
final class KongSchema {

  private static final SchemaRun RUN = new SchemaRun(Clock.systemUTC(), Map.of(), "");
  private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};
  private static final int DEEPEST = 20;

  private static final Set<String> KNOWN =
      Set.of("type", "required", "default", "one_of", "not_one_of", "len_eq", "len_min", "len_max", "match", "not_match",
          "match_all", "match_none", "match_any", "starts_with", "uuid", "is_regex", "between", "gt", "eq", "ne", "elements",
          "keys", "values", "fields", "description", "contains");

  private KongSchema() {}

  /**
   * Makes a schema ready.
   *
   * @throws BadSchemaException when it is none
   */
  static BodySchema compile(String text) {
    JsonArray fields;
    try {
      fields = new JsonArray(text);
    } catch (DecodeException | ClassCastException e) {
      throw new BadSchemaException("failed decoding schema: it is no list of fields");
    }
    Schema.Builder builder = Schema.builder();
    each(fields, (name, rules) -> builder.field(name, field(name, rules, 1)));
    Schema schema = builder.build();
    return body -> violation(schema, body);
  }

  private static Optional<Object> violation(Schema schema, JsonNode body) {
    if (!body.isObject()) {
      return Optional.of("expected a record");
    }
    JsonObject given = new JsonObject(JsonText.MAPPER.convertValue(body, MEMBERS));
    try {
      schema.validate(schema.complete(given, Operation.INSERT, RUN), given, Operation.INSERT, RUN);
      return Optional.empty();
    } catch (SchemaException e) {
      return Optional.of(e.fields());
    }
  }

  /** Told of one field. */
  @FunctionalInterface
  private interface Taker {
    void take(String name, JsonObject rules);
  }

  private static void each(JsonArray fields, Taker taker) {
    for (Object each : fields) {
      if (!(each instanceof JsonObject named)
          || named.size() != 1
          || !(named.getMap().values().iterator().next() instanceof Map
              || named.getValue(named.fieldNames().iterator().next()) instanceof JsonObject)) {
        throw new BadSchemaException("each field is an object with one name, which holds its rules");
      }
      String name = named.fieldNames().iterator().next();
      taker.take(name, named.getJsonObject(name));
    }
  }

  private static Field field(String name, JsonObject rules, int depth) {
    if (depth > DEEPEST) {
      throw new BadSchemaException("field '" + name + "' is nested too deep");
    }
    rules.fieldNames().stream()
        .filter(rule -> !KNOWN.contains(rule))
        .findFirst()
        .ifPresent(rule -> {
          throw new BadSchemaException("field '" + name + "' has an unknown rule '" + rule + "'");
        });
    try {
      return made(name, rules, depth);
    } catch (ClassCastException | IllegalArgumentException | NullPointerException e) {
      throw new BadSchemaException("field '" + name + "' has a rule that is none");
    }
  }

  private static Field made(String name, JsonObject rules, int depth) {
    boolean required = Boolean.TRUE.equals(rules.getBoolean("required"));
    Object otherwise = rules.getValue("default");
    switch (rules.getString("type", "")) {
      case "string" -> {
        StringField field = text(Fields.string().lenMin(0), rules);
        field = otherwise == null ? field : field.defaultTo((String) otherwise);
        return required ? field.required() : field;
      }
      case "number", "integer" -> {
        NumberField field = number(rules);
        field = otherwise == null ? field : field.defaultTo(((Number) otherwise).doubleValue());
        return required ? field.required() : field;
      }
      case "boolean" -> {
        var field = Fields.bool().optional();
        field = otherwise == null ? field : field.defaultTo((Boolean) otherwise);
        return required ? field.required() : field;
      }
      case "array", "set" -> {
        Field elements = field(name, rules.getJsonObject("elements"), depth + 1);
        ListField field = "set".equals(rules.getString("type")) ? Fields.set(elements) : Fields.array(elements);
        field = lengths(field, rules);
        field = otherwise == null ? field : field.defaultTo(((JsonArray) otherwise).getList().toArray());
        return required ? field.required() : field;
      }
      case "map" -> {
        var field = Fields.map(
            field(name, rules.getJsonObject("keys", new JsonObject().put("type", "string")), depth + 1),
            field(name, rules.getJsonObject("values"), depth + 1));
        field = otherwise == null ? field : field.defaultTo((JsonObject) otherwise);
        return required ? field.required() : field;
      }
      case "record" -> {
        RecordField[] field = {Fields.record()};
        each(
            rules.getJsonArray("fields"),
            (inner, innerRules) -> field[0] = field[0].field(inner, field(inner, innerRules, depth + 1)));
        RecordField made = otherwise == null ? field[0] : field[0].defaultTo((JsonObject) otherwise);
        return required ? made.required() : made;
      }
      case "any", "json" -> {
        var field = Fields.json();
        return required ? field.required() : field;
      }
      default -> throw new BadSchemaException("field '" + name + "' has no type that is known");
    }
  }

  private static StringField text(StringField begun, JsonObject rules) {
    StringField field = begun;
    for (String rule : rules.fieldNames()) {
      Object value = rules.getValue(rule);
      field =
          switch (rule) {
            case "one_of" -> field.oneOf(strings(value));
            case "not_one_of" -> field.notOneOf(strings(value));
            case "len_eq" -> field.lenEq(((Number) value).intValue());
            case "len_min" -> field.lenMin(((Number) value).intValue());
            case "len_max" -> field.lenMax(((Number) value).intValue());
            case "match" -> field.match((String) value);
            case "not_match" -> field.notMatch((String) value);
            case "match_any" -> matchAny(field, (JsonObject) value);
            case "match_all", "match_none" -> matchEach(field, rule, (JsonArray) value);
            case "starts_with" -> field.startsWith((String) value);
            case "uuid" -> Boolean.TRUE.equals(value) ? field.uuid() : field;
            case "is_regex" -> Boolean.TRUE.equals(value) ? field.regex() : field;
            case "eq" -> field.eq((String) value);
            case "ne" -> field.ne((String) value);
            default -> field;
          };
    }
    return field;
  }

  private static StringField matchAny(StringField field, JsonObject rule) {
    return field.matchAny(rule.getString("err", "invalid value"), strings(rule.getValue("patterns")));
  }

  private static StringField matchEach(StringField begun, String rule, JsonArray patterns) {
    StringField field = begun;
    for (int i = 0; i < patterns.size(); i++) {
      JsonObject each = patterns.getJsonObject(i);
      String pattern = each.getString("pattern");
      String err = each.getString("err", "invalid value");
      field = rule.equals("match_all") ? field.matchAll(pattern, err) : field.matchNone(pattern, err);
    }
    return field;
  }

  private static NumberField number(JsonObject rules) {
    NumberField field = "integer".equals(rules.getString("type")) ? Fields.integer() : Fields.number();
    for (String rule : rules.fieldNames()) {
      Object value = rules.getValue(rule);
      field =
          switch (rule) {
            case "between" -> field.between(
                ((JsonArray) value).getDouble(0).doubleValue(), ((JsonArray) value).getDouble(1).doubleValue());
            case "gt" -> field.gt(((Number) value).longValue());
            case "eq" -> field.eq(((Number) value).longValue());
            case "one_of" -> field.oneOf(
                ((JsonArray) value).stream().mapToLong(each -> ((Number) each).longValue()).toArray());
            default -> field;
          };
    }
    return field;
  }

  private static ListField lengths(ListField begun, JsonObject rules) {
    ListField field = begun;
    for (String rule : rules.fieldNames()) {
      field =
          switch (rule) {
            case "len_eq" -> field.lenEq(rules.getInteger(rule));
            case "len_min" -> field.lenMin(rules.getInteger(rule));
            case "len_max" -> field.lenMax(rules.getInteger(rule));
            case "contains" -> field.contains(rules.getValue(rule));
            default -> field;
          };
    }
    return field;
  }

  private static String[] strings(Object value) {
    return ((JsonArray) value).stream().map(String.class::cast).toArray(String[]::new);
  }
}
