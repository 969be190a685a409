package dev.sluice.api.schema;

import dev.sluice.api.schema.Rule.Kind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The built-in checks. */
final class Rules {

  private static final Pattern UUID =
      Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

  private Rules() {}

  static boolean isUuid(String text) {
    return UUID.matcher(text).matches();
  }

  static Rule eq(Object wanted) {
    String message = "value must be " + LuaText.show(wanted);
    return new Rule(Kind.EQ, wanted, value -> failUnless(Values.same(value, wanted), message));
  }

  static Rule ne(Object unwanted) {
    String message = "value must not be " + LuaText.show(unwanted);
    return new Rule(Kind.NE, unwanted, value -> failUnless(!Values.same(value, unwanted), message));
  }

  static Rule oneOf(List<?> options) {
    String message = "expected one of: " + join(options);
    return new Rule(Kind.ONE_OF, array(options), value -> failUnless(isIn(value, options), message));
  }

  static Rule notOneOf(List<?> options) {
    String message = "must not be one of: " + join(options);
    return new Rule(Kind.NOT_ONE_OF, array(options), value -> failUnless(!isIn(value, options), message));
  }

  static Rule gt(Number limit) {
    String message = "value must be greater than " + LuaText.show(limit);
    return new Rule(Kind.GT, limit, value -> failUnless(Values.toDouble(value) > limit.doubleValue(), message));
  }

  static Rule between(Number low, Number high) {
    String message = "value should be between " + low.longValue() + " and " + high.longValue();
    return new Rule(Kind.BETWEEN, new JsonArray().add(low).add(high), value -> {
      double number = Values.toDouble(value);
      return failUnless(number >= low.doubleValue() && number <= high.doubleValue(), message);
    });
  }

  static Rule timestamp() {
    return new Rule(
        Kind.TIMESTAMP, true, value -> failUnless(Values.toDouble(value) > 0, "expected a valid timestamp"));
  }

  static Rule uuid() {
    return new Rule(Kind.UUID, true, value -> failUnless(isUuid((String) value), "expected a valid UUID"));
  }

  static Rule isRegex() {
    return new Rule(
        Kind.IS_REGEX,
        true,
        value -> failUnless(PcreSyntax.problem((String) value).isEmpty(), "not a valid regex: " + value));
  }

  static Rule lenEq(int wanted) {
    return length(Kind.LEN_EQ, wanted, "length must be " + wanted, length -> length == wanted);
  }

  static Rule lenMin(int least) {
    return length(Kind.LEN_MIN, least, "length must be at least " + least, length -> length >= least);
  }

  static Rule lenMax(int most) {
    return length(Kind.LEN_MAX, most, "length must be at most " + most, length -> length <= most);
  }

  static Rule startsWith(String prefix) {
    return new Rule(
        Kind.STARTS_WITH,
        prefix,
        value -> failUnless(((String) value).startsWith(prefix), "should start with: " + prefix));
  }

  static Rule match(String shown, Pattern pattern) {
    return new Rule(Kind.MATCH, shown, value -> failUnless(found(pattern, value), "invalid value: " + value));
  }

  static Rule notMatch(String shown) {
    Pattern pattern = LuaPattern.compile(shown);
    return new Rule(Kind.NOT_MATCH, shown, value -> failUnless(!found(pattern, value), "invalid value: " + value));
  }

  /** Whether all, or none, of a list of patterns match; each brings its message. */
  static Rule each(Kind kind, Optional<Rule> before, String shown, String message) {
    boolean wanted = kind == Kind.MATCH_ALL;
    Pattern pattern = LuaPattern.compile(shown);
    JsonArray all = before.map(rule -> ((JsonArray) rule.shown()).copy()).orElseGet(JsonArray::new);
    all.add(new JsonObject().put("pattern", shown).put("err", message));
    return new Rule(kind, all, value -> {
      Optional<String> earlier = before.flatMap(rule -> rule.violation(value));
      return earlier.isPresent() ? earlier : failUnless(found(pattern, value) == wanted, message);
    });
  }

  static Rule matchAny(Optional<String> message, List<String> shown) {
    List<Pattern> patterns = shown.stream().map(LuaPattern::compile).toList();
    JsonObject rendered = new JsonObject().put("patterns", array(shown));
    message.ifPresent(text -> rendered.put("err", text));
    return new Rule(Kind.MATCH_ANY, rendered, value -> failUnless(
        patterns.stream().anyMatch(pattern -> found(pattern, value)), message.orElse("invalid value: " + value)));
  }

  static Rule contains(Object wanted) {
    return new Rule(Kind.CONTAINS, wanted, value -> failUnless(
        Values.toArray(value).stream().anyMatch(item -> Values.same(item, wanted)),
        "expected to contain: " + LuaText.show(wanted)));
  }

  static Rule exclusiveSubsets(List<List<String>> subsets) {
    JsonArray shown = new JsonArray();
    subsets.forEach(subset -> shown.add(array(subset)));
    return new Rule(Kind.MUTUALLY_EXCLUSIVE_SUBSETS, shown, value -> {
      List<List<String>> hit = subsets.stream()
          .filter(subset -> Values.toArray(value).stream().anyMatch(subset::contains))
          .toList();
      return failUnless(hit.size() < 2, "these sets are mutually exclusive: " + hit.stream()
          .map(subset -> "(" + LuaText.quoted(subset) + ")")
          .collect(Collectors.joining(", ")));
    });
  }

  /** A check in code, after one that was there before. */
  static Rule custom(Optional<Rule> before, Validator<Object> test) {
    return new Rule(Kind.CUSTOM, null, value -> {
      Optional<String> earlier = before.flatMap(rule -> rule.violation(value));
      return earlier.isPresent() ? earlier : test.violation(value);
    });
  }

  private static Rule length(Kind kind, int shown, String message, Predicate<Integer> holds) {
    return new Rule(kind, shown, value -> failUnless(holds.test(Values.length(value)), message));
  }

  private static Optional<String> failUnless(boolean holds, String message) {
    return holds ? Optional.empty() : Optional.of(message);
  }

  private static boolean found(Pattern pattern, Object value) {
    return pattern.matcher((String) value).find();
  }

  private static boolean isIn(Object value, List<?> options) {
    return options.stream().anyMatch(option -> Values.same(value, option));
  }

  private static String join(List<?> options) {
    return options.stream().map(LuaText::show).collect(Collectors.joining(", "));
  }

  private static JsonArray array(List<?> values) {
    return new JsonArray(List.copyOf(values));
  }
}
