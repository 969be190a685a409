package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.request.RequestContext;
import java.util.Optional;

/** Reads one property of a request as bytes; empty when the request does not have it. */
@FunctionalInterface
interface HashSource {

  Optional<byte[]> read(RequestContext request);

  /** Whether reading gives the request the property, since it does not have it. */
  default boolean deals(RequestContext request) {
    return false;
  }
}
