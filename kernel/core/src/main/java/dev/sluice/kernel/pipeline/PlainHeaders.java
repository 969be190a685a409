package dev.sluice.kernel.pipeline;

import dev.sluice.api.request.Headers;
import io.vertx.core.MultiMap;

/** Headers for those outside the pipeline. */
public final class PlainHeaders {

  private PlainHeaders() {}

  /** A view of a map. */
  public static Headers of(MultiMap map) {
    return new HeadersView(map);
  }
}
