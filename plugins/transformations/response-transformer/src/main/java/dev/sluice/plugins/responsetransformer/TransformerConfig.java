package dev.sluice.plugins.responsetransformer;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.request.HeaderText;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.RecordField;
import dev.sluice.api.schema.StringField;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The configuration.
 *
 * @param headers what becomes of headers
 * @param json what becomes of the fields of a JSON body
 */
record TransformerConfig(Edits headers, Edits json) {

  private static final Pattern HEADER = Pattern.compile("[0-9A-Za-z_-]+");
  private static final String PAIR = "^[^:]+:.*$";

  static final ConfigSchema<TransformerConfig> SCHEMA = ConfigSchema.of(TransformerConfig::decode)
      .field("remove", Fields.record()
          .required()
          .field("json", list(Fields.string()))
          .field("headers", list(Fields.string())))
      .field("rename", Fields.record()
          .required()
          .field("json", list(pair()))
          .field("headers", list(pair().check(TransformerConfig::checkNames))))
      .field("replace", typed())
      .field("add", typed())
      .field("append", typed())
      .build();

  /**
   * What becomes of named values, in this order.
   *
   * @param remove names
   * @param rename old names and new ones
   * @param replace values for names that are there
   * @param add values for names that are not there
   * @param append further values
   */
  record Edits(
      List<String> remove,
      List<Map.Entry<String, String>> rename,
      List<Map.Entry<String, Object>> replace,
      List<Map.Entry<String, Object>> add,
      List<Map.Entry<String, Object>> append) {

    boolean isEmpty() {
      return remove.isEmpty() && rename.isEmpty() && replace.isEmpty() && add.isEmpty() && append.isEmpty();
    }
  }

  private static RecordField typed() {
    return Fields.record()
        .required()
        .field("json", list(pair()))
        .field("json_types", list(Fields.string().oneOf("boolean", "number", "string")))
        .field("headers", list(pair().check(pair -> checkName(name(pair)).or(() -> checkValue(value(pair))))));
  }

  private static Field list(Field elements) {
    return Fields.array(elements).required().defaultTo();
  }

  private static StringField pair() {
    return Fields.string().match(PAIR);
  }

  private static Optional<String> checkNames(String pair) {
    return checkName(name(pair)).or(() -> checkName(value(pair)));
  }

  private static Optional<String> checkName(String name) {
    return HEADER.matcher(name).matches() ? Optional.empty() : Optional.of("'" + name + "' is not a valid header");
  }

  private static Optional<String> checkValue(String value) {
    return HeaderText.isValue(value) ? Optional.empty() : Optional.of("a header value holds a control character");
  }

  private static TransformerConfig decode(JsonObject config) {
    return new TransformerConfig(edits(config, "headers"), edits(config, "json"));
  }

  private static Edits edits(JsonObject config, String where) {
    return new Edits(
        Documents.strings(config.getJsonObject("remove"), where),
        Documents.strings(config.getJsonObject("rename"), where).stream()
            .filter(pair -> !value(pair).isEmpty())
            .map(pair -> Map.entry(name(pair), value(pair)))
            .toList(),
        pairs(config.getJsonObject("replace"), where),
        pairs(config.getJsonObject("add"), where),
        pairs(config.getJsonObject("append"), where));
  }

  private static List<Map.Entry<String, Object>> pairs(JsonObject edits, String where) {
    List<String> given = Documents.strings(edits, where);
    List<String> types = where.equals("json") ? Documents.strings(edits, "json_types") : List.of();
    List<Map.Entry<String, Object>> pairs = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      String pair = given.get(i);
      if (!value(pair).isEmpty()) {
        cast(value(pair), i < types.size() ? types.get(i) : "string")
            .ifPresent(value -> pairs.add(Map.entry(name(pair), value)));
      }
    }
    return List.copyOf(pairs);
  }

  /** A value of a type; none when a text is no number. */
  private static Optional<Object> cast(String text, String type) {
    return switch (type) {
      case "boolean" -> Optional.of(text.equals("true"));
      case "number" -> number(text.strip());
      default -> Optional.of(text);
    };
  }

  private static Optional<Object> number(String text) {
    try {
      return Optional.of(text.matches("-?\\d{1,15}") ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text));
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  private static String name(String pair) {
    int colon = pair.indexOf(':');
    return colon < 0 ? pair : pair.substring(0, colon);
  }

  private static String value(String pair) {
    int from = name(pair).length();
    while (from < pair.length() && pair.charAt(from) == ':') {
      from++;
    }
    return pair.substring(from);
  }
}
