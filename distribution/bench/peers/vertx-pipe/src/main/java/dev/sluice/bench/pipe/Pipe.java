package dev.sluice.bench.pipe;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;

/** One request in, one out, the answer back: targets in turn, no retries, no checks. Event loop only. */
final class Pipe {
  /** Answers up to this many bytes are gathered, so that head and body leave in one write. */
  private static final int GATHER_LIMIT = 16 * 1024;

  private static final int BAD_GATEWAY = 502;
  private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("x-forwarded-for");
  private static final CharSequence FORWARDED_PROTO =
      HttpHeaders.createOptimized("x-forwarded-proto");
  private static final CharSequence REAL_IP = HttpHeaders.createOptimized("x-real-ip");

  private final HttpClient client;
  private final SocketAddress[] targets;
  private int turn;

  Pipe(HttpClient client, SocketAddress[] targets) {
    this.client = client;
    this.targets = targets;
  }

  void handle(HttpServerRequest in) {
    if (!in.path().startsWith("/api")) {
      in.response().setStatusCode(404).end();
      return;
    }
    in.pause(); // the body, if any, waits for the connection to the target
    turn = turn + 1 == targets.length ? 0 : turn + 1;
    RequestOptions options =
        new RequestOptions().setServer(targets[turn]).setMethod(in.method()).setURI(in.uri());
    client
        .request(options)
        .compose(out -> send(in, out))
        .onSuccess(answer -> relay(answer, in.response()))
        .onFailure(failure -> refuse(in.response()));
  }

  private static Future<HttpClientResponse> send(
      HttpServerRequest in, HttpClientRequest out) {
    MultiMap headers = out.headers();
    Headers.copyEndToEnd(in.headers(), headers);
    String address = in.remoteAddress().hostAddress();
    String earlier = in.headers().get(FORWARDED_FOR);
    headers.set(FORWARDED_FOR, earlier == null ? address : earlier + ", " + address);
    headers.set(REAL_IP, address);
    headers.set(FORWARDED_PROTO, "http");
    if (in.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
      out.setChunked(true);
      return out.send(in);
    }
    if (in.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      return out.send(in);
    }
    in.resume();
    return out.send();
  }

  private static void relay(HttpClientResponse answer, HttpServerResponse response) {
    response.setStatusCode(answer.statusCode());
    Headers.copyEndToEnd(answer.headers(), response.headers());
    long length = Headers.length(answer.headers());
    if (length >= 0 && length <= GATHER_LIMIT) {
      answer.body().onSuccess(response::end).onFailure(failure -> response.reset());
      return;
    }
    if (length < 0) {
      response.setChunked(true);
    }
    answer.pipeTo(response).onFailure(failure -> response.reset());
  }

  private static void refuse(HttpServerResponse response) {
    if (!response.ended() && !response.headWritten()) {
      response.setStatusCode(BAD_GATEWAY).end();
    }
  }
}
