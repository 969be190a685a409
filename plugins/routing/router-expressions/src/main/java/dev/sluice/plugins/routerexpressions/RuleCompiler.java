package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.plugins.routing.Ranked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Makes rules of routes. */
final class RuleCompiler {

  /** An older name of a field, as Kong still takes it. */
  private static final Pattern OLD_PORT = Pattern.compile("net\\.port(\\s*[=><!])");

  private RuleCompiler() {}

  /**
   * The rules of a route for requests; none when it serves none.
   *
   * @throws IllegalArgumentException when the route cannot be compiled; the message names it
   */
  static List<Rule> compile(RouteDefinition definition) {
    return serves(definition, false) ? named(definition, RuleCompiler::ofRequests) : List.of();
  }

  /** As {@link #compile}, of a route for connections. */
  static List<Rule> compileStream(RouteDefinition definition) {
    return serves(definition, true) ? named(definition, RuleCompiler::ofConnections) : List.of();
  }

  private static boolean serves(RouteDefinition definition, boolean stream) {
    Route route = definition.route();
    return Fields.isStream(route.protocols()) == stream
        && definition.service().map(Service::enabled).orElse(true)
        && (route.expression().isPresent() || ClassicFields.any(route));
  }

  private static List<Rule> named(RouteDefinition definition, Function<RouteDefinition, List<Rule>> compiler) {
    try {
      return compiler.apply(definition);
    } catch (ExpressionException wrong) {
      Route route = definition.route();
      throw new IllegalArgumentException(
          "route " + route.name().orElse(route.id()) + ": " + wrong.getMessage(), wrong);
    }
  }

  /** The expression of a route, in the names of today. */
  static String amended(String expression) {
    return OLD_PORT.matcher(expression).replaceAll("net.dst.port$1");
  }

  /**
   * Reads and checks an expression.
   *
   * @throws ExpressionException when it is none, or makes no sense
   */
  static Expression read(String source, Fields fields) {
    Expression expression = ExpressionReader.read(source);
    new TypeCheck(fields).check(expression);
    return expression;
  }

  private static List<Rule> ofRequests(RouteDefinition definition) {
    Route route = definition.route();
    if (route.expression().isPresent()) {
      return List.of(ofExpression(definition, Fields.HTTP));
    }
    List<Rule> rules = new ArrayList<>();
    for (List<String> paths : grouped(route.paths())) {
      Expression expression = read(ClassicFields.compiled(route, paths), Fields.HTTP);
      rules.add(rule(definition, expression, RulePriority.ofClassic(route, paths), rules.size()));
    }
    return rules;
  }

  private static List<Rule> ofConnections(RouteDefinition definition) {
    Route route = definition.route();
    Rule rule =
        route.expression().isPresent()
            ? ofExpression(definition, Fields.STREAM)
            : rule(
                definition,
                read(ClassicFields.compiled(route, List.of()), Fields.STREAM),
                RulePriority.ofClassicStream(route),
                0);
    List<String> protocols = route.protocols();
    Condition own = rule.condition();
    return List.of(
        rule.when(
            (query, trace) ->
                query instanceof StreamRequest stream && stream.fits(protocols) && own.holds(query, trace)));
  }

  private static Rule ofExpression(RouteDefinition definition, Fields fields) {
    Route route = definition.route();
    Expression expression = read(amended(route.expression().orElseThrow()), fields);
    return rule(definition, expression, RulePriority.ofExpression(route), 0);
  }

  private static Rule rule(RouteDefinition definition, Expression own, long priority, int position) {
    Expression expression = RouteProtocols.with(own, definition.route().protocols());
    return new Rule(
        definition, Conditions.of(expression), Needs.of(expression), priority, position, Ranked.UNRANKED);
  }

  /** Prefixes of each length, and regular expressions: each has a priority of its own. */
  private static List<List<String>> grouped(List<String> paths) {
    if (paths.isEmpty()) {
      return List.of(List.of());
    }
    Map<Integer, List<String>> groups = new LinkedHashMap<>();
    for (String path : paths) {
      groups.computeIfAbsent(path.startsWith("~") ? 0 : path.length(), length -> new ArrayList<>()).add(path);
    }
    return List.copyOf(groups.values());
  }
}
