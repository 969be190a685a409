package dev.sluice.kernel.listener;

import dev.sluice.kernel.pipeline.Flow;
import dev.sluice.kernel.pipeline.ListenerInfo;
import dev.sluice.kernel.pipeline.Loop;
import dev.sluice.kernel.pipeline.Outlet;
import dev.sluice.kernel.pipeline.RecordBuffers;
import dev.sluice.kernel.pipeline.SendTogether;
import dev.sluice.kernel.proxy.Proxy;
import dev.sluice.kernel.stream.StreamListeners;
import dev.sluice.kernel.trust.TlsBook;
import dev.sluice.kernel.upstream.Origins;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.NetSocketInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The proxy listeners on one event loop; there is one on each loop of requests. */
public final class ProxyVerticle extends AbstractVerticle {

  /** The name that Vert.x gives its decoder, and looks for when the connection changes its protocol. */
  private static final String DECODER = "httpDecoder";

  /** The same for what encodes answers. */
  private static final String ENCODER = "httpEncoder";

  private static final String IDLE = "idle";

  private final Function<AbstractVerticle, Loop> loops;
  private final Origins origins;
  private final TlsBook tls;
  private final List<Channel> acceptors = new ArrayList<>();
  private Loop mine;
  private Flow flow;
  private StreamListeners streams;

  /**
   * Makes one instance.
   *
   * @param loops makes the state of the event loop, on it
   * @param origins the servers that filters choose
   * @param tls how they are met
   */
  public ProxyVerticle(Function<AbstractVerticle, Loop> loops, Origins origins, TlsBook tls) {
    this.loops = loops;
    this.origins = origins;
    this.tls = tls;
  }

  @Override
  public void start() {
    mine = loops.apply(this);
    flow = new Flow(new Proxy(mine, origins, tls));
    streams = new StreamListeners(mine, socket -> ((NetSocketInternal) socket).channelHandlerContext().channel());
  }

  /**
   * Opens listeners; from any thread. All instances open the same ones and share their connections evenly.
   *
   * @param onListening told the index of an address and the port it is served at
   */
  public Future<Void> open(List<ProxyAddress> addresses, BiConsumer<Integer, Integer> onListening) {
    Promise<Void> open = Promise.promise();
    mine.run(
        () -> {
          List<Future<HttpServer>> listening = new ArrayList<>();
          for (int i = 0; i < addresses.size(); i++) {
            int index = i;
            listening.add(listen(addresses.get(i)).onSuccess(server -> onListening.accept(index, server.actualPort())));
          }
          Future.all(listening).<Void>mapEmpty().onComplete(open);
        });
    return open.future();
  }

  /**
   * Opens listeners for streams; as the other ones.
   *
   * @param onListening told the index of an address and the port it is served at
   */
  public Future<Void> openStreams(List<StreamListeners.Address> addresses, BiConsumer<Integer, Integer> onListening) {
    Promise<Void> open = Promise.promise();
    mine.run(
        () -> {
          List<Future<Integer>> listening = new ArrayList<>();
          for (int i = 0; i < addresses.size(); i++) {
            int index = i;
            listening.add(streams.open(addresses.get(i)).onSuccess(port -> onListening.accept(index, port)));
          }
          Future.all(listening).<Void>mapEmpty().onComplete(open);
        });
    return open.future();
  }

  private Future<HttpServer> listen(ProxyAddress address) {
    ListenerInfo[] info = {address.info(address.port())};
    HttpServer server =
        vertx
            .createHttpServer(address.options())
            .connectionHandler(connection -> connected(address, connection))
            .invalidRequestHandler(request -> InvalidRequests.answer(mine, info[0], request))
            .requestHandler(request -> flow.begin(mine, info[0], request));
    return Listening.at(address.socketAddress(), server)
        .onSuccess(open -> info[0] = address.info(open.actualPort()));
  }

  private void connected(ProxyAddress address, HttpConnection connection) {
    Channel channel = ((ConnectionBase) connection).channel();
    ChannelPipeline handlers = channel.pipeline();
    if (handlers.get(DECODER) != null) {
      handlers.replace(DECODER, DECODER, new StrictRequestDecoder(address.options(), mine.names()));
    }
    if (address.options().isSsl()) {
      RecordBuffers.use(channel);
    }
    Http2ConnectionHandler http2 = handlers.get(Http2ConnectionHandler.class);
    if (http2 != null) {
      http2.decoder().frameListener(new SoundMethods(http2.decoder().frameListener()));
      handlers.addBefore(handlers.context(http2).name(), "sendTogether", new SendTogether(mine.flushes()));
    }
    Channel acceptor = channel.parent();
    if (acceptor != null && !acceptors.contains(acceptor)) {
      acceptors.add(acceptor);
      if (mine.draining()) {
        // A listener that nobody has used before: only now is its socket known.
        acceptor.close();
        connection.close();
        return;
      }
    }
    Outlet outlet = new Outlet(channel, mine.flushes());
    if (handlers.get(ENCODER) != null) {
      handlers.addAfter(ENCODER, "answerWriter", outlet.writer());
    }
    mine.connected(connection, outlet);
    // It has watched over what came before the first byte; from now on the loop does.
    mine.context().runOnContext(later -> forget(handlers, IDLE));
    channel.closeFuture().addListener(closed -> mine.dispatch(() -> mine.disconnected(connection)));
  }

  private static void forget(ChannelPipeline handlers, String name) {
    if (handlers.get(name) != null) {
      handlers.remove(name);
    }
  }

  /**
   * Closes the sockets that accept, but no connection: Vert.x knows no such thing, so it is done below it. A socket
   * that has never accepted a connection is closed when it does.
   *
   * @param loop does nothing when this instance runs on another one
   */
  public void stopAcceptingOn(Loop loop) {
    if (mine == loop) {
      acceptors.forEach(Channel::close);
    }
  }

  /**
   * Takes no more streams.
   *
   * @param loop does nothing when this instance runs on another one
   * @param done told when the last one has ended
   */
  public void drainStreams(Loop loop, Promise<Void> done) {
    if (mine == loop) {
      streams.drain(done);
    }
  }

  /**
   * Closes connections with requests under way, whether their clients take what was written or not.
   *
   * @param loop does nothing when this instance runs on another one
   */
  public void cutOff(Loop loop) {
    if (mine == loop) {
      for (HttpConnection connection : mine.busyConnections()) {
        if (connection instanceof ConnectionBase base) {
          base.channel().close();
        }
      }
      streams.cutOff();
    }
  }
}
