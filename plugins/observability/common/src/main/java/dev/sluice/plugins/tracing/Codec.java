package dev.sluice.plugins.tracing;

import dev.sluice.api.request.Headers;
import dev.sluice.api.request.MutableHeaders;

/** How traces are written into headers. Stateless. Names of headers are of the kind whose hash is kept. */
interface Codec {

  /** What the headers say; {@link Incoming#NONE} when they say nothing, or nothing that makes sense. */
  Incoming extract(Headers headers);

  /** Writes the headers. */
  void inject(Outgoing span, MutableHeaders headers);

  /** The identifier of a trace as it is written. */
  default String shown(TraceId id) {
    return id.hex();
  }
}
