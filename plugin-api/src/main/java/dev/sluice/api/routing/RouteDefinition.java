package dev.sluice.api.routing;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import java.util.Optional;

/**
 * A route with what the router needs besides.
 *
 * @param route the route
 * @param service its service; a route without one is answered by plugins alone
 */
public record RouteDefinition(Route route, Optional<Service> service) {}
