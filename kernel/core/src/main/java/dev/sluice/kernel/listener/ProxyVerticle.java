package dev.sluice.kernel.listener;

import dev.sluice.kernel.pipeline.Flow;
import dev.sluice.kernel.pipeline.ListenerInfo;
import dev.sluice.kernel.pipeline.Loop;
import dev.sluice.kernel.proxy.Proxy;
import io.netty.channel.Channel;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The proxy listeners on one event loop. Deployed once, with as many instances as there are event loops. */
public final class ProxyVerticle extends AbstractVerticle {

  private final List<ProxyAddress> addresses;
  private final Function<AbstractVerticle, Loop> loops;
  private final BiConsumer<Integer, Integer> onListening;
  private final List<Channel> acceptors = new ArrayList<>();
  private Loop mine;

  /**
   * Makes one instance.
   *
   * @param loops makes the state of the event loop, on it
   * @param onListening told the index of an address and the port it is served at
   */
  public ProxyVerticle(
      List<ProxyAddress> addresses,
      Function<AbstractVerticle, Loop> loops,
      BiConsumer<Integer, Integer> onListening) {
    this.addresses = addresses;
    this.loops = loops;
    this.onListening = onListening;
  }

  @Override
  public void start(Promise<Void> started) {
    Loop loop = loops.apply(this);
    mine = loop;
    Flow flow = new Flow(new Proxy(loop));
    List<Future<HttpServer>> listening = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      listening.add(listen(loop, flow, i, addresses.get(i)));
    }
    Future.all(listening).<Void>mapEmpty().onComplete(started);
  }

  private Future<HttpServer> listen(Loop loop, Flow flow, int index, ProxyAddress address) {
    ListenerInfo[] info = {new ListenerInfo(address.shownPort(address.port()), address.ssl())};
    HttpServer server =
        vertx
            .createHttpServer(address.options())
            .connectionHandler(connection -> connected(loop, connection))
            .invalidRequestHandler(request -> InvalidRequests.answer(loop, request))
            .requestHandler(request -> flow.begin(loop, info[0], request));
    return server
        .listen(address.socketAddress())
        .onSuccess(
            open -> {
              info[0] = new ListenerInfo(address.shownPort(open.actualPort()), address.ssl());
              onListening.accept(index, open.actualPort());
            });
  }

  private void connected(Loop loop, HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      Channel acceptor = base.channel().parent();
      if (acceptor != null && !acceptors.contains(acceptor)) {
        acceptors.add(acceptor);
      }
    }
    loop.connected(connection);
  }

  /**
   * Closes the sockets that accept, but no connection: Vert.x knows no such thing, so it is done below it. Where no
   * connection was ever accepted there is nothing to drain either.
   *
   * @param loop does nothing when this instance runs on another one
   */
  public void stopAcceptingOn(Loop loop) {
    if (mine == loop) {
      acceptors.forEach(Channel::close);
    }
  }
}
