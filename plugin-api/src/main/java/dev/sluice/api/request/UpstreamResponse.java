package dev.sluice.api.request;

/** The answer of the upstream, known from the phase RESPONSE on. */
public interface UpstreamResponse {

  /** Whether an upstream answered; if not, the gateway made the answer itself. */
  boolean received();

  /** The status, 0 when nothing was received. */
  int status();

  /** The headers as received, hop-by-hop headers left out. */
  Headers headers();

  /** The lines that came after the body, as gRPC's status does; known when the last part of the body is filtered. */
  Headers trailers();
}
