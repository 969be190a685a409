package dev.sluice.api.routing;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import java.util.Optional;

/** A definition of which nobody keeps more. */
record PlainDefinition(Route route, Optional<Service> service) implements RouteDefinition {

  @Override
  public int number() {
    return route.id().hashCode();
  }
}
