package dev.sluice.kernel.stream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.Locale;
import java.util.Optional;

/** Reads the greeting of a TLS client, and then speaks TLS with it or lets everything through, greeting included. */
final class Greeting extends AbstractSniHandler<Void> {

  private final StreamTls tls;
  private final Decision decision;

  /** What is to become of the connection. */
  interface Decision {
    /** Whether it goes through as it is. */
    boolean passesThrough(Optional<String> serverName);

    /** Its encryption ends here, and the handshake is done. */
    void encrypted(Optional<String> serverName);

    /** It is no TLS, or the handshake has failed. */
    void failed(Throwable cause);
  }

  Greeting(long timeoutMillis, StreamTls tls, Decision decision) {
    super(timeoutMillis);
    this.tls = tls;
    this.decision = decision;
  }

  @Override
  protected Future<Void> lookup(ChannelHandlerContext context, String name) {
    return context.executor().newSucceededFuture(null);
  }

  @Override
  protected void onLookupComplete(ChannelHandlerContext context, String name, Future<Void> found) throws Exception {
    Optional<String> serverName =
        Optional.ofNullable(name).filter(given -> !given.isEmpty()).map(given -> given.toLowerCase(Locale.ROOT));
    if (decision.passesThrough(serverName)) {
      context.pipeline().remove(this);
      return;
    }
    SslHandler handler = tls.handler(serverName.orElse(""), context.alloc());
    handler.setHandshakeTimeoutMillis(handshakeTimeoutMillis);
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                decision.encrypted(serverName);
              } else {
                decision.failed(done.cause());
              }
            });
    context.pipeline().replace(this, "ssl", handler);
  }
}
