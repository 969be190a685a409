package dev.sluice.plugins.routerexpressions;

import dev.sluice.plugins.routerexpressions.Expression.Predicate;
import java.util.List;
import java.util.Set;

/** What the protocols of a route add to its expression. */
final class RouteProtocols {

  private static final Set<String> UNASKED = Set.of("https", "tls", "tls_passthrough");

  private RouteProtocols() {}

  /**
   * The expression, for requests or connections of these protocols alone. A route for HTTPS alone is found over plain
   * HTTP as well, so that it can answer with its redirect; of routes for one kind of TLS nothing is asked here.
   */
  static Expression with(Expression expression, List<String> protocols) {
    if (protocols.size() == 1 && UNASKED.contains(protocols.get(0))) {
      return expression;
    }
    List<Expression> schemes =
        protocols.stream()
            .map(protocol -> protocol.startsWith("grpc") ? protocol.replace("grpc", "http") : protocol)
            .distinct()
            .<Expression>map(
                scheme ->
                    new Predicate("net.protocol", false, false, Operator.EQUALS, new Constant.Text(scheme)))
            .toList();
    return new Expression.And(
        List.of(expression, schemes.size() == 1 ? schemes.get(0) : new Expression.Or(schemes)));
  }
}
