package dev.sluice.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An array, or a set: a set silently drops scalars that it holds already. */
public final class ListField extends BaseField<ListField> {

  private final boolean set;
  private final BaseField<?> elements;

  ListField(boolean set, BaseField<?> elements, Traits traits) {
    super(set ? "set" : "array", traits);
    this.set = set;
    this.elements = elements;
  }

  /** What each element may hold. */
  public Field elements() {
    return elements;
  }

  @Override
  ListField with(Traits other) {
    return new ListField(set, elements, other);
  }

  @Override
  BaseField<?> overlay(Match match) {
    BaseField<?> narrowed = match.elements().<BaseField<?>>map(elements::overlay).orElse(elements);
    return new ListField(set, narrowed, traits().overlay(match.traits()));
  }

  @Override
  Optional<Object> typeViolation(Object value, Pass pass) {
    if (!(value instanceof JsonArray) && !Values.isEmptyObject(value)) {
      return Optional.of(set ? "expected a set" : "expected an array");
    }
    JsonArray array = Values.toArray(value);
    JsonArray problems = new JsonArray();
    for (int i = 0; i < array.size(); i++) {
      Optional<Object> problem = elements.violation(array.getValue(i), true, pass);
      if (problem.isPresent()) {
        while (problems.size() < i) {
          problems.addNull();
        }
        problems.add(problem.get());
      }
    }
    return problems.isEmpty() ? Optional.empty() : Optional.of(problems);
  }

  @Override
  Object complete(Object value, Pass pass) {
    if (Values.isEmptyObject(value)) {
      return new JsonArray();
    }
    if (!(value instanceof JsonArray array)) {
      return value;
    }
    JsonArray completed = new JsonArray();
    Set<Object> seen = new HashSet<>();
    for (Object element : array) {
      Object done = element == null ? null : elements.complete(element, pass);
      if (!set || done instanceof JsonObject || done instanceof JsonArray || seen.add(done)) {
        completed.add(done);
      }
    }
    return completed;
  }

  @Override
  Object coerceTyped(Object value) {
    if (value instanceof JsonObject) {
      return value;
    }
    JsonArray coerced = new JsonArray();
    JsonArray given = value instanceof JsonArray array ? array : new JsonArray().add(value);
    given.forEach(element -> coerced.add(elements.coerce(element)));
    return coerced;
  }

  @Override
  boolean mayRefer() {
    return super.mayRefer() || elements.mayRefer();
  }

  @Override
  Object reveal(Object value, String path, Secrets secrets) {
    if (!(value instanceof JsonArray array) || !elements.mayRefer()) {
      return super.reveal(value, path, secrets);
    }
    JsonArray revealed = new JsonArray();
    for (int i = 0; i < array.size(); i++) {
      revealed.add(elements.reveal(array.getValue(i), path + "[" + (i + 1) + "]", secrets));
    }
    return revealed;
  }

  @Override
  void renderType(JsonObject out) {
    super.renderType(out);
    out.put("elements", elements.render());
  }

  /** The value when none is given. */
  public ListField defaultTo(Object... values) {
    return mark(Traits.DEFAULT, new JsonArray(Arrays.asList(values.clone())));
  }

  /** The exact number of elements. */
  public ListField lenEq(int length) {
    return rule(Rules.lenEq(length));
  }

  /** The least number of elements. */
  public ListField lenMin(int length) {
    return rule(Rules.lenMin(length));
  }

  /** The greatest number of elements. */
  public ListField lenMax(int length) {
    return rule(Rules.lenMax(length));
  }

  /** An element that must be there. */
  public ListField contains(Object wanted) {
    return rule(Rules.contains(wanted));
  }

  /** Groups of which only one may have members here. */
  public ListField exclusiveSubsets(List<List<String>> subsets) {
    return rule(Rules.exclusiveSubsets(subsets));
  }

  /** A check in code, after all others. */
  public ListField check(Validator<JsonArray> validator) {
    return custom(value -> validator.violation(Values.toArray(value)));
  }
}
