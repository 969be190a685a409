package dev.sluice.api.upstream;

import dev.sluice.api.request.RequestContext;

/** One attempt to find an address. */
public interface PickContext {

  /** The request. */
  RequestContext request();

  /** Which attempt this is, from 1. */
  int attempt();

  /** Whether an earlier attempt of this request failed at that address. */
  boolean failedAt(TargetState target);
}
