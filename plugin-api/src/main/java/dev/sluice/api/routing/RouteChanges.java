package dev.sluice.api.routing;

import java.util.List;
import java.util.function.Supplier;

/**
 * What is different from the routes of which a router was compiled. A definition that was changed is among both lists,
 * as it was and as it is.
 *
 * @param gone definitions of the earlier router, by identity
 * @param come definitions that it does not know
 * @param all those that there are now, in no order; putting them together takes a while
 */
public record RouteChanges(
    List<RouteDefinition> gone, List<RouteDefinition> come, Supplier<List<RouteDefinition>> all) {}
