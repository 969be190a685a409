package dev.sluice.kernel.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/**
 * Two contexts of one server name: one whose clients are asked for certificates, and one whose are not. Which it is, is
 * decided at each handshake. They share no sessions, so that nobody who was not asked resumes where he would be.
 */
final class AskingContext extends SslContext {

  private final SslContext silent;
  private final SslContext asking;
  private final BooleanSupplier asks;

  AskingContext(SslContext silent, SslContext asking, BooleanSupplier asks) {
    this.silent = silent;
    this.asking = asking;
    this.asks = asks;
  }

  private SslContext chosen() {
    return asks.getAsBoolean() ? asking : silent;
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator) {
    return chosen().newEngine(allocator);
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator, String peerHost, int peerPort) {
    return chosen().newEngine(allocator, peerHost, peerPort);
  }

  @Override
  public boolean isClient() {
    return false;
  }

  @Override
  public List<String> cipherSuites() {
    return silent.cipherSuites();
  }

  @Override
  @SuppressWarnings("deprecation")
  public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
    return silent.applicationProtocolNegotiator();
  }

  /** That of those who are not asked. */
  @Override
  public SSLSessionContext sessionContext() {
    return silent.sessionContext();
  }
}
