package dev.sluice.bench.pipe;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.SocketAddress;
import java.util.Arrays;

/** A proxy made of Vert.x's own server and client and nothing else: what the engine below a gateway costs. */
public final class PipePeer {
  private static final int POOL_SIZE = 256;
  private static final int IDLE_SECONDS = 3600;
  private static final int BACKLOG = 4096;

  private PipePeer() {}

  /**
   * Serves until it is ended.
   *
   * @param args the port to listen on, then the targets, each {@code host:port}
   */
  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    SocketAddress[] targets =
        Arrays.stream(args).skip(1).map(PipePeer::address).toArray(SocketAddress[]::new);
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    HttpClientOptions client =
        new HttpClientOptions().setKeepAliveTimeout(IDLE_SECONDS).setTcpNoDelay(true);
    PoolOptions pool = new PoolOptions().setHttp1MaxSize(POOL_SIZE);
    Pipe pipe = new Pipe(vertx.createHttpClient(client, pool), targets);
    vertx
        .createHttpServer(new HttpServerOptions().setAcceptBacklog(BACKLOG).setTcpNoDelay(true))
        .requestHandler(pipe::handle)
        .listen(port, "127.0.0.1")
        .onFailure(
            failure -> {
              System.err.println("cannot listen on " + port + ": " + failure);
              System.exit(1);
            });
  }

  private static SocketAddress address(String target) {
    int colon = target.lastIndexOf(':');
    return SocketAddress.inetSocketAddress(
        Integer.parseInt(target.substring(colon + 1)), target.substring(0, colon));
  }
}
