package dev.sluice.kernel.listener;

import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.AdminSurface;
import dev.sluice.api.request.UrlEncoded;
import dev.sluice.kernel.accesslog.AccessLog;
import dev.sluice.kernel.accesslog.LoggedRequest;
import dev.sluice.kernel.config.Background;
import dev.sluice.kernel.pipeline.PlainHeaders;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An administrative listener: reads requests, bounds them, has a surface serve them, writes the answers. */
public final class AdminVerticle extends AbstractVerticle {

  private static final Logger log = LoggerFactory.getLogger(AdminVerticle.class);

  private static final long FLUSH_MILLIS = 100;

  private final String name;
  private final List<Address> addresses;
  private final long maxBody;
  private final AdminGate gate;
  private final AccessLog<LoggedRequest> calls;
  private final Supplier<Optional<AdminSurface>> surface;
  private final BiConsumer<Integer, Integer> onListening;
  private final List<HttpServer> servers = new ArrayList<>();
  private final Set<Future<Void>> underWay = new HashSet<>();
  private boolean ending;

  /**
   * An address to listen at.
   *
   * @param host to bind to
   * @param port 0 lets the system choose
   * @param options of the server
   */
  public record Address(String host, int port, HttpServerOptions options) {}

  /**
   * Makes a listener.
   *
   * @param name for logs
   * @param maxBody bytes that a body may have
   * @param gate turns away who may not come in
   * @param calls notes them
   * @param surface serves the requests; empty when no jar brings it
   * @param onListening told the index of an address and the port it is served at
   */
  public AdminVerticle(
      String name,
      List<Address> addresses,
      long maxBody,
      AdminGate gate,
      AccessLog<LoggedRequest> calls,
      Supplier<Optional<AdminSurface>> surface,
      BiConsumer<Integer, Integer> onListening) {
    this.name = name;
    this.addresses = List.copyOf(addresses);
    this.maxBody = maxBody;
    this.gate = gate;
    this.calls = calls;
    this.surface = surface;
    this.onListening = onListening;
  }

  @Override
  public void start(Promise<Void> started) {
    Router router = Router.router(vertx);
    if (calls.on()) {
      router.route().handler(this::note);
      // What could not go along at once, since the file was busy.
      vertx.setPeriodic(FLUSH_MILLIS, timer -> calls.flush());
    }
    router.route().handler(this::admit);
    router
        .get("/robots.txt")
        .handler(
            context ->
                context.response().putHeader("Content-Type", "text/plain").end("User-agent: *\nDisallow: /"));
    router.route().handler(this::serve);
    // A path that vertx-web cannot read is the surface's to judge all the same.
    router.errorHandler(400, this::serve);
    List<Future<?>> listening = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      int index = i;
      Address address = addresses.get(i);
      listening.add(
          Listening.at(
                  SocketAddress.inetSocketAddress(address.port(), address.host()),
                  vertx.createHttpServer(address.options()).requestHandler(router))
              .onSuccess(
                  server -> {
                    servers.add(server);
                    onListening.accept(index, server.actualPort());
                  }));
    }
    Future.all(listening).<Void>mapEmpty().onComplete(started);
  }

  /**
   * Turns calls away from now on, and closes once those under way are answered: what serves them is about to go, and who is
   * told nothing cannot know whether a write was done.
   *
   * @param patienceMillis how long they may take
   */
  public Future<Void> end(long patienceMillis) {
    context.runOnContext(here -> ending = true);
    return settled(patienceMillis).compose(done -> Future.join(servers.stream().map(HttpServer::close).toList())).mapEmpty();
  }

  /**
   * Completes once the calls that are under way now are answered.
   *
   * @param patienceMillis how long they may take; after that it completes all the same
   */
  public Future<Void> settled(long patienceMillis) {
    Promise<Void> settled = Promise.promise();
    context.runOnContext(
        here -> {
          long timer = vertx.setTimer(patienceMillis, late -> settled.tryComplete());
          Future.join(List.copyOf(underWay))
              .onComplete(
                  answered -> {
                    vertx.cancelTimer(timer);
                    settled.tryComplete();
                  });
        });
    return settled.future();
  }

  private void note(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    LoggedCall call = new LoggedCall(request, System.nanoTime());
    request
        .response()
        .endHandler(
            end -> {
              calls.log(call);
              calls.flush();
            });
    routing.next();
  }

  private void admit(RoutingContext routing) {
    Optional<AdminResponse> refusal = gate.refusal(routing.request());
    if (refusal.isPresent()) {
      log.warn("{}: turned away {} from {}", name, routing.request().method(), routing.request().remoteAddress());
      write(routing.request(), refusal.get());
    } else {
      routing.next();
    }
  }

  private void serve(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    if (routing.failed() && gate.refusal(request).isPresent()) {
      // A path that vertx-web could not read has not been to the gate.
      admit(routing);
      return;
    }
    body(request)
        .onSuccess(body -> serve(request, body))
        .onFailure(cause -> write(request, failure(request, cause)));
  }

  private void serve(HttpServerRequest request, Buffer body) {
    if (ending) {
      write(request, AdminResponse.message(503, "the node is stopping").header("Connection", "close"));
      return;
    }
    Promise<Void> over = Promise.promise();
    underWay.add(over.future());
    answer(request, body)
        .onComplete(
            done ->
                context.runOnContext(
                    here ->
                        // An answer that cannot be written is an end as well: composed, since what it throws must not be lost.
                        Future.succeededFuture(done.succeeded() ? done.result() : failure(request, done.cause()))
                            .compose(result -> write(request, result))
                            .onFailure(cause -> giveUp(request, cause))
                            .onComplete(
                                written -> {
                                  underWay.remove(over.future());
                                  over.complete();
                                })));
  }

  private void giveUp(HttpServerRequest request, Throwable cause) {
    log.warn("{}: the answer to {} {} was not sent", name, request.method(), request.path(), cause);
    request.connection().close();
  }

  private Future<Buffer> body(HttpServerRequest request) {
    Promise<Buffer> read = Promise.promise();
    Buffer body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() <= maxBody) {
            body.appendBuffer(chunk);
          } else {
            read.tryFail(new TooLarge());
          }
        });
    request.endHandler(end -> read.tryComplete(body));
    request.exceptionHandler(read::tryFail);
    return read.future();
  }

  private Future<AdminResponse> answer(HttpServerRequest request, Buffer body) {
    Optional<AdminSurface> serves = surface.get();
    if (serves.isEmpty()) {
      return Future.succeededFuture(AdminResponse.message(404, "Not found"));
    }
    String uri = request.uri();
    int question = uri.indexOf('?');
    AdminRequest asked =
        new AdminRequest(
            request.method().name(),
            question < 0 ? uri : uri.substring(0, question),
            question < 0 ? Map.of() : UrlEncoded.parse(uri.substring(question + 1)),
            PlainHeaders.of(request.headers()),
            body,
            String.valueOf(request.connection().remoteAddress(true).hostAddress()));
    Background.pause();
    try {
      return serves.get().handle(asked);
    } catch (RuntimeException | LinkageError e) {
      return Future.failedFuture(e);
    }
  }

  private AdminResponse failure(HttpServerRequest request, Throwable cause) {
    if (cause instanceof TooLarge) {
      return AdminResponse.message(413, "Payload too large").header("Connection", "close");
    }
    log.error("{}: {} {} failed", name, request.method(), request.path(), cause);
    return AdminResponse.message(500, "An unexpected error occurred");
  }

  private Future<Void> write(HttpServerRequest request, AdminResponse answer) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return Future.succeededFuture();
    }
    Background.pause();
    response.setStatusCode(answer.status());
    List<String> hardening = gate.hardening();
    for (int i = 0; i < hardening.size(); i += 2) {
      response.putHeader(hardening.get(i), hardening.get(i + 1));
    }
    answer.headers().forEach(line -> response.headers().add(line.getKey(), line.getValue()));
    boolean head = HttpMethod.HEAD.equals(request.method());
    if (answer.status() != 204 && answer.status() != 304) {
      response.putHeader("Content-Length", String.valueOf(answer.body().length()));
    }
    return head ? response.end() : response.end(answer.body());
  }

  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("too large", null, false, false);
    }
  }
}
