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
}
