package dev.sluice.plugins.routerexpressions;

import dev.sluice.testkit.contract.RouteRequest;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * An expression and, said independently of the jar's code, what it means.
 *
 * @param text the expression
 * @param test whether it holds
 */
record Phrase(String text, Predicate<RouteRequest> test) {

  /** Any expression, with several levels of conditions. */
  static Arbitrary<Phrase> any() {
    return level(2);
  }

  private static Arbitrary<Phrase> level(int depth) {
    if (depth == 0) {
      return comparison();
    }
    Arbitrary<Phrase> below = level(depth - 1);
    Arbitrary<Phrase> pair =
        Combinators.combine(below, below, Arbitraries.of(true, false))
            .as(
                (one, other, and) ->
                    new Phrase(
                        "(" + one.text + (and ? ") && (" : ") || (") + other.text + ")",
                        and ? one.test.and(other.test) : one.test.or(other.test)));
    Arbitrary<Phrase> mixed =
        Combinators.combine(comparison(), comparison(), comparison())
            .as(
                (one, two, three) ->
                    new Phrase(
                        one.text + " && " + two.text + " || " + three.text,
                        one.test.and(two.test.or(three.test))));
    Arbitrary<Phrase> not = below.map(one -> new Phrase("!(" + one.text + ")", one.test.negate()));
    return Arbitraries.frequencyOf(Tuple.of(4, pair), Tuple.of(2, below), Tuple.of(1, mixed), Tuple.of(1, not));
  }

  private static Arbitrary<Phrase> comparison() {
    return Arbitraries.oneOf(
        text("http.host", List.of("a.test", "b.a.test", "test", "A"), request -> one(host(request))),
        text("http.path", List.of("/a", "/A", "/a/b", "/", "b", "^/a", "^/(a|c)", "\\\\d$"), request -> one(request.path())),
        text("http.method", List.of("GET", "PUT"), request -> one(request.method())),
        text("tls.sni", List.of("s.test", ".test"), request -> request.sni().map(List::of).orElse(List.of())),
        text("http.headers.x_a", List.of("1", "Two", "two", "t"), request -> request.headers().getAll("x-a")),
        text("http.queries.q", List.of("", "1"), request -> request.query().getOrDefault("q", List.of())),
        text("http.path.segments.1", List.of("b", "12", ""), request -> segment(request.path())),
        numbers(),
        addresses());
  }

  private static Arbitrary<Phrase> text(
      String field, List<String> constants, Function<RouteRequest, List<String>> values) {
    return Combinators.combine(
            Arbitraries.of("==", "==", "!=", "^=", "=^", "contains", "~"),
            Arbitraries.of(constants),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false))
        .as(
            (operator, constant, lower, any) -> {
              String lhs = (any ? "any(" : "") + (lower ? "lower(" : "") + field + (lower ? ")" : "") + (any ? ")" : "");
              Predicate<String> test = test(operator, constant.replace("\\\\", "\\"));
              return new Phrase(
                  lhs + " " + operator + " \"" + constant + "\"",
                  request -> {
                    List<String> all =
                        values.apply(request).stream()
                            .map(value -> lower ? value.toLowerCase(Locale.ROOT) : value)
                            .toList();
                    return any ? all.stream().anyMatch(test) : !all.isEmpty() && all.stream().allMatch(test);
                  });
            });
  }

  private static Predicate<String> test(String operator, String constant) {
    return switch (operator) {
      case "==" -> constant::equals;
      case "!=" -> value -> !constant.equals(value);
      case "^=" -> value -> value.startsWith(constant);
      case "=^" -> value -> value.endsWith(constant);
      case "contains" -> value -> value.contains(constant);
      default -> Pattern.compile(constant).asPredicate();
    };
  }

  private static Arbitrary<Phrase> numbers() {
    return Arbitraries.of(
        new Phrase("http.path.segments.len == 2", request -> split(request.path()).size() == 2),
        new Phrase("http.path.segments.len < 2", request -> split(request.path()).size() < 2),
        new Phrase("net.dst.port == 81", request -> request.host().endsWith(":81")),
        new Phrase("net.dst.port != 81", request -> !request.host().endsWith(":81")));
  }

  private static Arbitrary<Phrase> addresses() {
    return Arbitraries.of(
        new Phrase("net.src.ip == 10.0.0.1", request -> request.clientAddress().equals("10.0.0.1")),
        new Phrase("net.src.ip in 10.0.0.0/8", request -> request.clientAddress().startsWith("10.")),
        new Phrase("net.src.ip not in 10.0.0.0/16", request -> !request.clientAddress().startsWith("10.0.")),
        new Phrase("net.src.ip in fd00::/8", request -> request.clientAddress().startsWith("fd")));
  }

  private static List<String> one(String value) {
    return value.isEmpty() ? List.of() : List.of(value);
  }

  private static String host(RouteRequest request) {
    return request.host().replaceAll(":\\d+$", "");
  }

  private static List<String> split(String path) {
    return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
  }

  private static List<String> segment(String path) {
    List<String> all = split(path);
    return all.size() > 1 ? List.of(all.get(1)) : List.of();
  }
}
