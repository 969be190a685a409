package dev.sluice.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Named fields in order, the shorthands of some, and the checks over several: the body of an entity or of a record.
 * Immutable. Documents given to it are not changed.
 */
final class FieldSet {

  static final FieldSet EMPTY = new FieldSet(Map.of(), List.of(), List.of());

  private final Map<String, BaseField<?>> fields;
  private final List<Shorthand> shorthands;
  private final List<Check> checks;

  private FieldSet(Map<String, BaseField<?>> fields, List<Shorthand> shorthands, List<Check> checks) {
    this.fields = Collections.unmodifiableMap(fields);
    this.shorthands = List.copyOf(shorthands);
    this.checks = List.copyOf(checks);
  }

  FieldSet with(String name, Field field) {
    Map<String, BaseField<?>> more = new LinkedHashMap<>(fields);
    more.put(name, (BaseField<?>) field);
    return new FieldSet(more, shorthands, checks);
  }

  FieldSet with(Shorthand shorthand) {
    return new FieldSet(fields, append(shorthands, shorthand), checks);
  }

  FieldSet with(Check check) {
    return new FieldSet(fields, shorthands, append(checks, check));
  }

  /** The set with what a variant brings: fields in the place of those of the same names, and further checks. */
  FieldSet with(Variant variant) {
    Map<String, BaseField<?>> more = new LinkedHashMap<>(fields);
    variant.fields().forEach((name, field) -> more.put(name, (BaseField<?>) field));
    List<Check> allChecks = new ArrayList<>(checks);
    allChecks.addAll(variant.checks());
    return new FieldSet(more, shorthands, allChecks);
  }

  private static <T> List<T> append(List<T> list, T item) {
    List<T> more = new ArrayList<>(list);
    more.add(item);
    return more;
  }

  Map<String, Field> named() {
    return Collections.unmodifiableMap(fields);
  }

  List<Check> checks() {
    return checks;
  }

  /** The field at a dotted path through records. */
  Optional<BaseField<?>> find(String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return Optional.ofNullable(fields.get(path));
    }
    return fields.get(path.substring(0, dot)) instanceof RecordField inner
        ? inner.set().find(path.substring(dot + 1))
        : Optional.empty();
  }

  /**
   * Expands shorthands and fills what is missing.
   *
   * @throws SchemaException when a shorthand cannot be expanded
   */
  JsonObject complete(JsonObject given, Pass pass) {
    JsonObject data = given.copy();
    if (pass.stage() != Pass.Stage.FILL) {
      expand(data, pass);
    }
    fields.forEach((name, field) -> {
      if (pass.stage() != Pass.Stage.FILL && field.isAuto()) {
        AutoValues.fill(name, field, data, pass);
      }
      if (!data.containsKey(name)) {
        fillGap(name, field, data, pass);
      } else if (data.getValue(name) != null) {
        data.put(name, field.complete(data.getValue(name), pass));
      }
    });
    return inOrder(data);
  }

  private JsonObject inOrder(JsonObject data) {
    JsonObject ordered = new JsonObject();
    fields.keySet().stream().filter(data::containsKey).forEach(name -> ordered.put(name, data.getValue(name)));
    return ordered.mergeIn(data);
  }

  private void expand(JsonObject data, Pass pass) {
    JsonObject problems = new JsonObject();
    for (Shorthand shorthand : shorthands) {
      shorthand.expand(data, pass).ifPresent(problem -> problems.put(shorthand.name(), problem));
    }
    if (!problems.isEmpty()) {
      throw SchemaException.of(problems);
    }
  }

  private static void fillGap(String name, BaseField<?> field, JsonObject data, Pass pass) {
    if (pass.isUpdate()) {
      return;
    }
    if (field.traits().has(Traits.DEFAULT)) {
      Object value = Values.copy(field.traits().get(Traits.DEFAULT));
      data.put(name, value == null ? null : field.complete(value, pass));
    } else if (!field.isRequired()) {
      data.putNull(name);
    } else if (field instanceof RecordField) {
      data.put(name, field.complete(new JsonObject(), pass));
    }
  }

  Errors validate(JsonObject data, Pass pass) {
    Errors errors = new Errors();
    for (String name : data.fieldNames()) {
      BaseField<?> field = fields.get(name);
      if (field != null) {
        field.violation(data.getValue(name), pass).ifPresent(problem -> errors.put(name, problem));
      } else if (shorthands.stream().noneMatch(shorthand -> shorthand.isMirrored() && shorthand.name().equals(name))) {
        errors.put(name, "unknown field");
      }
    }
    fields.forEach((name, field) -> {
      if (field.isRequired() && !data.containsKey(name)) {
        errors.put(name, "required field missing");
      }
    });
    CheckRun run = new CheckRun(data, this, errors, pass);
    checks.forEach(check -> ((EntityCheck) check).run(run));
    return errors;
  }

  JsonObject merge(JsonObject stored, JsonObject patch) {
    JsonObject merged = stored.copy();
    for (String name : patch.fieldNames()) {
      BaseField<?> field = fields.get(name);
      Object top = Values.copy(patch.getValue(name));
      merged.put(name, field == null || top == null ? top : field.merge(merged.getValue(name), top));
    }
    return merged;
  }

  JsonObject coerce(JsonObject form) {
    JsonObject coerced = form.copy();
    fields.forEach((name, field) -> {
      if (coerced.containsKey(name)) {
        coerced.put(name, field.coerce(coerced.getValue(name)));
      }
    });
    shorthands.forEach(shorthand -> shorthand.coerce(coerced));
    return coerced;
  }

  JsonObject alias(JsonObject data, boolean shown) {
    JsonObject copy = data.copy();
    fields.forEach((name, field) -> {
      if (copy.getValue(name) != null) {
        copy.put(name, field.alias(copy.getValue(name), shown));
      }
    });
    shorthands.forEach(shorthand -> shorthand.mirror(copy, shown));
    return copy;
  }

  /** References reduced to their ids. */
  JsonObject reduceReferences(JsonObject data) {
    JsonObject copy = data.copy();
    fields.forEach((name, field) -> {
      if (field instanceof ForeignField foreign && copy.containsKey(name)) {
        copy.put(name, foreign.reduce(copy.getValue(name)));
      }
    });
    return copy;
  }

  boolean mayRefer() {
    return fields.values().stream().anyMatch(BaseField::mayRefer);
  }

  /**
   * Puts secrets in the place of references.
   *
   * @param prefix of the paths that the secrets are asked for by
   */
  JsonObject reveal(JsonObject data, String prefix, Secrets secrets) {
    JsonObject copy = data.copy();
    fields.forEach((name, field) -> {
      if (field.mayRefer() && copy.getValue(name) != null) {
        copy.put(name, field.reveal(copy.getValue(name), prefix + name, secrets));
      }
    });
    return copy;
  }

  JsonArray renderFields() {
    JsonArray rendered = new JsonArray();
    fields.forEach((name, field) -> rendered.add(new JsonObject().put(name, field.render())));
    return rendered;
  }

  static JsonArray renderChecks(List<Check> checks) {
    JsonArray rendered = new JsonArray();
    checks.forEach(check -> rendered.add(check.render()));
    return rendered;
  }

  /** Adds what a record shows of its body. */
  void renderInto(JsonObject out) {
    out.put("fields", renderFields());
    if (!shorthands.isEmpty()) {
      JsonArray rendered = new JsonArray();
      shorthands.forEach(shorthand -> rendered.add(shorthand.render()));
      out.put("shorthand_fields", rendered);
    }
    if (!checks.isEmpty()) {
      out.put("entity_checks", renderChecks(checks));
    }
  }
}
