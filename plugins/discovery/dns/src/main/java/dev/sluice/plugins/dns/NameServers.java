package dev.sluice.plugins.dns;

import dev.sluice.api.upstream.UnresolvedException;
import dev.sluice.plugins.dns.DnsSettings.Kind;
import dev.sluice.plugins.dns.DnsSettings.Times;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.NoopDnsCache;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Asks name servers, one after another until one has an answer; over UDP, and over TCP where the answer is too long for
 * that. Each question leaves from a port of its own, so that nobody can guess where to send a false answer. Safe for
 * all threads; answers come on an event loop.
 */
final class NameServers implements AutoCloseable {

  private static final int MOST_ALIASES = 8;

  private final ResolvConf conf;
  private final Times times;
  private final DnsNameResolver resolver;

  NameServers(Vertx vertx, ResolvConf conf, Times times) {
    this.conf = conf;
    this.times = times;
    DnsNameResolverBuilder builder =
        new DnsNameResolverBuilder(loop(vertx))
            .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
            .resolveCache(NoopDnsCache.INSTANCE)
            .queryTimeoutMillis(Math.max(1, conf.patience().toMillis()))
            .searchDomains(List.of());
    resolver =
        vertx.isNativeTransportEnabled()
            ? builder
                .datagramChannelType(EpollDatagramChannel.class)
                .socketChannelType(EpollSocketChannel.class)
                .build()
            : builder
                .datagramChannelType(NioDatagramChannel.class)
                .socketChannelType(NioSocketChannel.class)
                .build();
  }

  @SuppressWarnings("deprecation") // Vert.x has no client that tells how long an answer holds.
  private static EventLoop loop(Vertx vertx) {
    return vertx.nettyEventLoopGroup().next();
  }

  /**
   * Asks for the records of a name.
   *
   * @param name as it is, without a dot at its end
   * @return at least one; fails with {@link UnresolvedException}
   */
  Future<List<Records.Line>> ask(String name, Kind kind) {
    return ask(name, kind, 0);
  }

  private Future<List<Records.Line>> ask(String name, Kind kind, int aliases) {
    return ask(new DefaultDnsQuestion(name, type(kind)), 0)
        .compose(
            found -> {
              if (!found.lines().isEmpty()) {
                return Future.succeededFuture(found.lines());
              } else if (found.alias().isEmpty() || aliases == MOST_ALIASES) {
                return Future.failedFuture(Failures.empty(times));
              }
              return ask(found.alias(), kind, aliases + 1);
            });
  }

  private Future<Records> ask(DnsQuestion question, int attempt) {
    List<InetSocketAddress> servers = conf.servers();
    return answer(servers.get(attempt % servers.size()), question)
        .recover(
            failure -> {
              boolean known = failure instanceof UnresolvedException unresolved && unresolved.absent();
              return known || attempt + 1 >= servers.size() * conf.rounds()
                  ? Future.failedFuture(failure)
                  : ask(question, attempt + 1);
            });
  }

  private Future<Records> answer(InetSocketAddress server, DnsQuestion question) {
    Promise<Records> done = Promise.promise();
    resolver
        .query(server, question)
        .addListener(
            (io.netty.util.concurrent.Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> ended) -> {
              if (!ended.isSuccess()) {
                done.fail(Failures.silent(ended.cause(), times));
                return;
              }
              AddressedEnvelope<DnsResponse, InetSocketAddress> envelope = ended.getNow();
              try {
                done.handle(read(envelope.content(), question));
              } catch (RuntimeException e) {
                done.fail(Failures.silent(e, times));
              } finally {
                envelope.release();
              }
            });
    return done.future();
  }

  private Future<Records> read(DnsResponse response, DnsQuestion question) {
    DnsResponseCode code = response.code();
    if (code.equals(DnsResponseCode.NOERROR)) {
      return Future.succeededFuture(Records.of(response, question));
    }
    return Future.failedFuture(
        code.equals(DnsResponseCode.NXDOMAIN) ? Failures.absent(times) : Failures.server(code, times));
  }

  private static DnsRecordType type(Kind kind) {
    return switch (kind) {
      case SRV -> DnsRecordType.SRV;
      case AAAA -> DnsRecordType.AAAA;
      default -> DnsRecordType.A;
    };
  }

  @Override
  public void close() {
    resolver.close();
  }
}
