package dev.sluice.api.request;

/** The answer to the client. It can be changed up to the phase HEADER_FILTER. */
public interface ClientResponse {

  /** The status that will be, or was, sent. */
  int status();

  /** Changes the status, in the phases RESPONSE and HEADER_FILTER. */
  ClientResponse status(int status);

  /** The headers. Set before the upstream has answered, they replace those of its answer. */
  MutableHeaders headers();

  /** Bytes of body sent so far. */
  long bytesSent();
}
