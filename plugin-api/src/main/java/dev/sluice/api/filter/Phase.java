package dev.sluice.api.filter;

/**
 * The phases of a request, in their order. A filter implements the interface of each phase in which it has work.
 *
 * <p>In every phase the filters run by descending priority.
 */
public enum Phase {
  /** Before routing; only filters configured globally run. May answer. */
  REWRITE,
  /** After routing: authentication, limits, transformation. May answer. */
  ACCESS,
  /** A target has been chosen and the request is on its way; no filter runs here. */
  BALANCER,
  /** The whole upstream answer is in memory. Buffers every answer of the route; may replace it. */
  RESPONSE,
  /** The head of the answer is known and not yet sent. */
  HEADER_FILTER,
  /** The body of the answer passes by, chunk for chunk. */
  BODY_FILTER,
  /** The last byte is out, or the client is gone. Nothing can be changed any more. */
  LOG
}
