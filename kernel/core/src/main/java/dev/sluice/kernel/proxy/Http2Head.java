package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.Exchange;
import dev.sluice.kernel.pipeline.HeaderNames;
import dev.sluice.kernel.pipeline.Outbound;
import dev.sluice.kernel.pipeline.PathForm;
import dev.sluice.kernel.trust.TlsBook;
import dev.sluice.kernel.upstream.KernelTarget;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Map;

/** Heads as HTTP/2 has them. */
final class Http2Head {

  private static final HttpVersion HTTP_2 = HttpVersion.valueOf("HTTP/2.0");

  private Http2Head() {}

  /** The head of a request; {@code length} is that of its body, or negative to say nothing of it. */
  static Http2Headers of(Exchange exchange, KernelTarget target, long length) {
    Outbound outbound = exchange.outbound();
    String path = PathForm.escape(outbound.path());
    String query = outbound.queryOrNull();
    Http2Headers head =
        new DefaultHttp2Headers()
            .method(outbound.method())
            .scheme(TlsBook.secure(exchange.plan().service().orElseThrow()) ? "https" : "http")
            .authority(RequestHead.authority(exchange, target))
            .path(query == null ? path : path + "?" + query);
    RequestHead.lines((name, value) -> head.add(AsciiString.of(name).toLowerCase(), value), exchange);
    if (length >= 0) {
      head.add(AsciiString.of(HeaderNames.CONTENT_LENGTH).toLowerCase(), Long.toString(length));
    }
    return head;
  }

  /** The status of an answer, or -1 when there is none that is one. */
  static int status(Http2Headers head) {
    CharSequence status = head.status();
    try {
      return status == null || status.length() != 3 ? -1 : Integer.parseInt(status, 0, 3, 10);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** The head of an answer in the form in which those of HTTP/1.1 go on. */
  static HttpResponse answer(Http2Headers head) {
    return new DefaultHttpResponse(HTTP_2, HttpResponseStatus.valueOf(status(head)), lines(head));
  }

  /** The lines of a head or of what follows a body. */
  static HttpHeaders lines(Http2Headers head) {
    HttpHeaders lines = LeanHeaders.FACTORY.newHeaders();
    for (Map.Entry<CharSequence, CharSequence> line : head) {
      if (line.getKey().length() > 0 && line.getKey().charAt(0) != ':') {
        lines.add(line.getKey(), line.getValue());
      }
    }
    return lines;
  }
}
