package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.HeaderLines;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.vertx.core.MultiMap;

/** Makes decoders keep the lines of answers in the leanest form. Lines are still checked as they are read. */
final class LeanHeaders {

  static final HttpHeadersFactory FACTORY =
      new HttpHeadersFactory() {
        private final HttpHeadersFactory checked =
            DefaultHttpHeadersFactory.headersFactory().withValidation(true);

        @Override
        public HttpHeaders newHeaders() {
          return new AnswerLines();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
          return checked.newEmptyHeaders();
        }
      };

  private LeanHeaders() {}

  /** The lines of a decoded message as a map, for those who look for names. */
  static MultiMap map(HttpHeaders headers) {
    return HeaderLines.map(headers);
  }
}
