package dev.sluice.plugins.syslog;

import dev.sluice.testkit.TestGateway;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SyslogTest {

  private final LinkedBlockingQueue<String> written = new LinkedBlockingQueue<>();
  private final EventLoopGroup loops = new EpollEventLoopGroup(1);
  @TempDir private Path folder;
  private Path socket;
  private Channel log;
  private TestGateway gateway;
  private JsonObject route;

  @BeforeEach
  void start() throws InterruptedException {
    socket = folder.resolve("log");
    log = listen();
    ZoneId zone = ZoneId.systemDefault();
    Clock clock = Clock.fixed(LocalDateTime.of(2026, 2, 3, 4, 5, 6).atZone(zone).toInstant(), zone);
    gateway = TestGateway.with(new SyslogPlugin(socket)).clock(clock).start();
    route = gateway.route("/");
  }

  @AfterEach
  void stop() {
    gateway.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private Channel listen() throws InterruptedException {
    return new Bootstrap()
        .group(loops)
        .channel(EpollDomainDatagramChannel.class)
        .handler(new SimpleChannelInboundHandler<DomainDatagramPacket>() {
          @Override
          protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket packet) {
            written.add(packet.content().toString(StandardCharsets.UTF_8));
          }
        })
        .bind(new DomainSocketAddress(socket.toString()))
        .sync()
        .channel();
  }

  private String next() throws InterruptedException {
    String next = written.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("an entry").isNotNull();
    return next;
  }

  @Test
  void anEntryHasItsSeverityAndItsFacility() throws InterruptedException {
    gateway.plugin("syslog", new JsonObject().put("facility", "local3").put("server_errors_severity", "crit"), route);
    gateway.get("/?status=500");
    String message = next();
    assertThat(message).startsWith("<154>Feb  3 04:05:06 kong: {");
    assertThat(new JsonObject(message.substring(message.indexOf('{'))).getJsonObject("response").getInteger("status"))
        .isEqualTo(500);
    gateway.get("/");
    assertThat(next()).startsWith("<158>");
  }

  @Test
  void whatIsNotGraveIsNotSent() throws InterruptedException {
    gateway.plugin("syslog", new JsonObject().put("log_level", "warning").put("client_errors_severity", "err"), route);
    gateway.get("/");
    gateway.get("/?status=404");
    assertThat(next()).startsWith("<11>").contains("status=404");
  }

  @Test
  void aLogThatWasStartedAgainIsFound() throws InterruptedException, IOException {
    gateway.plugin("syslog", new JsonObject(), route);
    gateway.get("/one");
    assertThat(next()).contains("/one");
    log.close().sync();
    Files.deleteIfExists(socket);
    assertThat(gateway.get("/lost").statusCode()).isEqualTo(200);
    listen();
    gateway.get("/two");
    String next = next();
    assertThat(next.contains("/lost") ? next() : next).contains("/two");
  }

  @Test
  void defaultsAreKongs() {
    assertThat(SyslogConfig.SCHEMA.complete(new JsonObject()))
        .isEqualTo(new JsonObject()
            .put("log_level", "info")
            .put("successful_severity", "info")
            .put("client_errors_severity", "info")
            .put("server_errors_severity", "info")
            .putNull("custom_fields_by_lua")
            .put("facility", "user"));
  }
}
