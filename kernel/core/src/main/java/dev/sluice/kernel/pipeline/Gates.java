package dev.sluice.kernel.pipeline;

import dev.sluice.api.request.Answer;
import dev.sluice.kernel.snapshot.RoutePlan;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;

/** What a route's protocols ask of a request that has matched it otherwise. */
final class Gates {

  private Gates() {}

  /** The page that nginx, and with it Kong, sends along with a redirect. */
  private static Buffer page(int status) {
    String reason = status + " " + HttpResponseStatus.valueOf(status).reasonPhrase();
    return Buffer.buffer(
        """
        <html>\r
        <head><title>%1$s</title></head>\r
        <body>\r
        <center><h1>%1$s</h1></center>\r
        </body>\r
        </html>\r
        """
            .formatted(reason));
  }

  /** Whether the request may pass; if not, it has been answered. */
  static boolean open(Exchange exchange, RoutePlan plan) {
    Answer refusal = refusal(exchange, plan);
    if (refusal != null) {
      exchange.chain(plan.chain().base());
      Responses.own(exchange, refusal);
    }
    return refusal == null;
  }

  /** What a request is answered that may not pass; else null. */
  static Answer refusal(Exchange exchange, RoutePlan plan) {
    if (plan.httpsOnly() && !exchange.client().scheme().equals("https")) {
      return toHttps(exchange, plan);
    }
    return plan.grpc() ? grpc(exchange, plan) : null;
  }

  private static Answer toHttps(Exchange exchange, RoutePlan plan) {
    int status = plan.route().httpsRedirectStatus();
    if (status == 426) {
      return Answer.error(426, "Please use HTTPS protocol")
          .header("Connection", "Upgrade")
          .header("Upgrade", "TLS/1.2, HTTP/1.1");
    }
    String host = exchange.inbound().host();
    if (exchange.client().trusted()) {
      String forwarded = exchange.serverRequest().headers().get(HeaderNames.X_FORWARDED_HOST);
      host = forwarded == null || forwarded.isEmpty() ? host : forwarded;
    }
    String target = exchange.serverRequest().uri();
    String location = "https://" + withoutPort(host) + (target.startsWith("/") ? target : exchange.inbound().path());
    // With these two nginx leaves the charset out; with the others it does not.
    String type = status == 301 || status == 302 ? "text/html" : "text/html; charset=UTF-8";
    return Answer.bytes(status, type, page(status)).header("Location", location);
  }

  private static Answer grpc(Exchange exchange, RoutePlan plan) {
    String type = exchange.serverRequest().headers().get(HeaderNames.CONTENT_TYPE);
    if (type == null || !type.startsWith("application/grpc")) {
      return Answer.error(415, "Non-gRPC request matched gRPC route");
    }
    if (exchange.serverRequest().version() != HttpVersion.HTTP_2) {
      return Answer.error(426, "Please use HTTP2 protocol")
          .header("Connection", "Upgrade")
          .header("Upgrade", "HTTP/2");
    }
    if (plan.grpcsOnly() && !exchange.client().scheme().equals("https")) {
      return Answer.bytes(200, "application/grpc", Buffer.buffer())
          .header("grpc-status", "1")
          .header("grpc-message", "gRPC request matched gRPCs route");
    }
    return null;
  }

  /** The host as it goes into headers: without its port, in lower case. */
  static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    boolean port = colon > 0 && host.indexOf(']', colon) < 0;
    return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }
}
