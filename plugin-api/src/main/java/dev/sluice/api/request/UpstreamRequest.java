package dev.sluice.api.request;

import io.vertx.core.buffer.Buffer;

/** The request that goes upstream. It can be changed in the phases REWRITE and ACCESS. */
public interface UpstreamRequest {

  /** The method. */
  String method();

  /** Changes the method. */
  UpstreamRequest method(String method);

  /** The path that will be sent; before routing the normalised path of the client. */
  String path();

  /**
   * Changes the path.
   *
   * @param path must start with a slash; bytes that may not stand in a request line are escaped
   */
  UpstreamRequest path(String path);

  /** The raw query, without the question mark. */
  String query();

  /** Changes the raw query; the empty string sends none. */
  UpstreamRequest query(String rawQuery);

  /** The request target that will be, or was, sent: path and query, escaped where it must be. */
  default String target() {
    return query().isEmpty() ? path() : path() + "?" + query();
  }

  /** The headers, those of the client to begin with. Hop-by-hop and forwarding headers are the kernel's. */
  MutableHeaders headers();

  /**
   * Sends the request to another server than the service's, whose timeouts and retries still count. The Host header
   * becomes that server's. Its name is looked up as those of services are.
   */
  default UpstreamRequest origin(Origin origin) {
    throw new UnsupportedOperationException("this request goes to the service's host");
  }

  /** Replaces the body, whatever the client sends. */
  UpstreamRequest body(Buffer body);
}
