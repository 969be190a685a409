package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.entity.Route;
import dev.sluice.api.routing.RouteChanges;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.Router;
import dev.sluice.api.routing.RouterFactory;
import dev.sluice.api.routing.StreamRouter;
import java.util.List;
import java.util.Optional;

/** Compiles routers of the flavor {@code expressions}. */
final class ExpressionsRouterFactory implements RouterFactory {

  private static final String FAILED = "Router Expression failed validation: ";

  @Override
  public String flavor() {
    return "expressions";
  }

  @Override
  public Router compile(List<RouteDefinition> routes) {
    return CompiledRouter.of(routes);
  }

  @Override
  public Router compile(Router before, RouteChanges changes) {
    return before instanceof CompiledRouter own ? own.changed(changes) : compile(changes.all().get());
  }

  @Override
  public StreamRouter compileStreams(List<RouteDefinition> routes) {
    return StreamRules.of(routes);
  }

  @Override
  public List<String> check(Route route) {
    if (route.expression().isEmpty() && !ClassicFields.any(route)) {
      return List.of();
    }
    try {
      String source = route.expression().map(RuleCompiler::amended).orElseGet(() -> ClassicFields.shown(route));
      RuleCompiler.read(source, Fields.of(route.protocols()));
      return List.of();
    } catch (ExpressionException wrong) {
      return List.of(FAILED + wrong.getMessage());
    }
  }

  @Override
  public Optional<String> checkedField() {
    return Optional.empty();
  }
}
