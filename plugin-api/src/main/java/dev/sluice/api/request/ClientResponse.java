package dev.sluice.api.request;

/** The answer to the client. It can be changed up to the phase HEADER_FILTER. */
public interface ClientResponse {

  /** The status that will be, or was, sent. */
  int status();

  /** Changes the status, in the phases RESPONSE and HEADER_FILTER. */
  ClientResponse status(int status);

  /**
   * The headers. Before the upstream has answered, they are done to its answer later: what is set replaces lines of its
   * own, what is added stands beside them.
   */
  MutableHeaders headers();

  /** Bytes of body sent so far. */
  long bytesSent();

  /** Bytes sent so far: the body with its framing, and the head, in HTTP/1.1's form. */
  default long size() {
    throw new UnsupportedOperationException("this answer knows no size");
  }

  /** Whether the answer is that of the upstream, and not one of the gateway's own. */
  default boolean fromUpstream() {
    throw new UnsupportedOperationException("this answer knows no source");
  }
}
