package dev.sluice.kernel.proxy;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.vertx.core.MultiMap;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/**
 * Makes the decoder fill the same kind of map as the server writes from, so that lines pass without being converted.
 * Lines are still checked as they are read.
 */
final class LeanHeaders {

  static final HttpHeadersFactory FACTORY =
      new HttpHeadersFactory() {
        private final HttpHeadersFactory checked =
            DefaultHttpHeadersFactory.headersFactory().withValidation(true);

        @Override
        public HttpHeaders newHeaders() {
          return HeadersMultiMap.httpHeaders();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
          return checked.newEmptyHeaders();
        }
      };

  private LeanHeaders() {}

  /** The lines of a decoded message. */
  static MultiMap map(HttpHeaders headers) {
    return (HeadersMultiMap) headers;
  }
}
