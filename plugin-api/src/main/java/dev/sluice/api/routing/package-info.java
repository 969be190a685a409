/** Routing: from a request to a route. */
package dev.sluice.api.routing;
