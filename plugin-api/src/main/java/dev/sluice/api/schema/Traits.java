package dev.sluice.api.schema;

import dev.sluice.api.schema.Rule.Kind;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a field has beside its type: marks, which are data, and rules, which check values. Immutable. */
final class Traits {

  static final String REQUIRED = "required";
  static final String DEFAULT = "default";
  static final String ERR = "err";
  static final String AUTO = "auto";
  static final String UNIQUE = "unique";
  static final String UNIQUE_ACROSS_WS = "unique_across_ws";

  static final Traits NONE = new Traits(Map.of(), new EnumMap<>(Kind.class));

  private final Map<String, Object> marks;
  private final Map<Kind, Rule> rules;

  private Traits(Map<String, Object> marks, EnumMap<Kind, Rule> rules) {
    this.marks = Collections.unmodifiableMap(marks);
    this.rules = Collections.unmodifiableMap(rules);
  }

  Traits mark(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(marks);
    more.put(name, value);
    return new Traits(more, copyOfRules());
  }

  Traits rule(Rule rule) {
    EnumMap<Kind, Rule> more = copyOfRules();
    more.put(rule.kind(), rule);
    return new Traits(marks, more);
  }

  /** These traits with others laid over them. */
  Traits overlay(Traits top) {
    Map<String, Object> allMarks = new LinkedHashMap<>(marks);
    allMarks.putAll(top.marks);
    EnumMap<Kind, Rule> allRules = copyOfRules();
    allRules.putAll(top.rules);
    return new Traits(allMarks, allRules);
  }

  boolean is(String mark) {
    return Boolean.TRUE.equals(marks.get(mark));
  }

  boolean has(String mark) {
    return marks.containsKey(mark);
  }

  Object get(String mark) {
    return marks.get(mark);
  }

  Optional<Rule> rule(Kind kind) {
    return Optional.ofNullable(rules.get(kind));
  }

  /** In the order in which they run. */
  Collection<Rule> rules() {
    return rules.values();
  }

  void renderInto(JsonObject out) {
    marks.forEach((name, value) -> out.put(name, Values.copy(value)));
    for (Rule rule : rules.values()) {
      if (!rule.kind().shownAs().isEmpty()) {
        out.put(rule.kind().shownAs(), Values.copy(rule.shown()));
      }
    }
  }

  private EnumMap<Kind, Rule> copyOfRules() {
    EnumMap<Kind, Rule> copy = new EnumMap<>(Kind.class);
    copy.putAll(rules);
    return copy;
  }
}
