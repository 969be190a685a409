package dev.sluice.kernel.stream;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.StreamConnection;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.upstream.Outcome;
import dev.sluice.api.upstream.PickContext;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.kernel.pipeline.Loop;
import dev.sluice.kernel.snapshot.Pins;
import dev.sluice.kernel.snapshot.RoutePlan;
import dev.sluice.kernel.stream.StreamRoute.Refused;
import dev.sluice.kernel.upstream.KernelTarget;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One client's connection, from its route to its end. On its event loop. */
final class StreamSession implements StreamConnection, PickContext {

  private static final Logger log = LoggerFactory.getLogger(StreamSession.class);

  private final Loop loop;
  private final StreamClients clients;
  private final NetSocket client;
  private final SocketAddress source;
  private final SocketAddress local;
  private final Runnable onEnd;
  private final StreamRecord record = new StreamRecord(this);
  private final Pins.Pin pin;
  private final List<Buffer> early = new ArrayList<>();
  private final List<TargetState> failed = new ArrayList<>();
  private String protocol = "tcp";
  private Optional<String> serverName = Optional.empty();
  private Optional<RouteDefinition> definition = Optional.empty();
  private RoutePlan plan;
  private UpstreamRuntime upstream;
  private Optional<KernelTarget> target = Optional.empty();
  private Optional<StreamPipe> pipe = Optional.empty();
  private int attempt;
  private boolean pinned = true;
  private boolean ended;

  /**
   * Begins with a client that has just connected.
   *
   * @param onEnd told when both sides are gone
   */
  StreamSession(Loop loop, StreamClients clients, NetSocket client, Runnable onEnd) {
    this.loop = loop;
    this.clients = clients;
    this.client = client;
    this.source = source();
    this.local = client.localAddress(true);
    this.onEnd = onEnd;
    this.pin = loop.pins().pin();
    client.handler(this::tooEarly);
    client.exceptionHandler(cause -> end());
    client.closeHandler(gone -> end());
  }

  /** The client: the peer, or whom a trusted peer speaks for. */
  private SocketAddress source() {
    SocketAddress peer = client.remoteAddress(true);
    SocketAddress announced = client.remoteAddress();
    boolean counts = announced.isInetSocket() && loop.settings().trusted().trusts(String.valueOf(peer.hostAddress()));
    return counts ? announced : peer;
  }

  /** What a client sends before there is a server waits; no more of it is read. */
  private void tooEarly(Buffer bytes) {
    early.add(bytes);
    client.pause();
  }

  /** Whether an encrypted connection goes through as it is: then it has a route of its own. */
  boolean passesThrough(Optional<String> name) {
    protocol = "tls_passthrough";
    serverName = name;
    if (!select()) {
      return false;
    }
    loop.dispatch(this::pass);
    return true;
  }

  /** The encryption of the connection ends here. */
  void encrypted(Optional<String> name) {
    protocol = "tls";
    serverName = name;
    record.tls(client.sslSession());
    loop.dispatch(this::begin);
  }

  /** Finds the route of a connection whose content is known. */
  void begin() {
    if (select()) {
      pass();
    } else {
      refuse(new Refused(StreamRoute.FAILED, "no route"));
    }
  }

  private boolean select() {
    definition = pin.snapshot().streams().flatMap(router -> router.select(this));
    return definition.isPresent();
  }

  private void pass() {
    try {
      plan = pin.snapshot().plan(route().id());
      upstream = StreamRoute.admitted(this, plan, pin.snapshot());
      connect();
    } catch (Refused refused) {
      refuse(refused);
    } catch (RuntimeException | LinkageError e) {
      refuse(new Refused("it has failed", e));
    }
  }

  private void refuse(Refused why) {
    record.status(why.status());
    log.atLevel(why.getCause() == null ? Level.INFO : Level.WARN)
        .setCause(why.getCause())
        .log("stream from {} at port {} is closed: {}", clientAddress(), localPort(), why.getMessage());
    end();
  }

  private void connect() throws Refused {
    attempt++;
    long from = System.nanoTime();
    KernelTarget picked =
        (KernelTarget) upstream.pick(loop.number(), this).orElseThrow(() -> new Refused(StreamRoute.UNREACHABLE, "no server is there for it"));
    Service service = service().orElseThrow();
    target = Optional.of(picked);
    record.attempt(from, picked);
    picked.begin();
    long begun = System.nanoTime();
    if (attempt == 1) {
      upstream.began(loop.number(), begun);
    }
    clients.connect(
        service,
        picked,
        plan.tls(),
        serverName.filter(name -> route().preserveHost()).orElse(picked.host()),
        new StreamClients.Result() {
          @Override
          public void connected(NetSocket server) {
            upstream.outcome(loop.number(), picked, new Outcome(Outcome.Kind.ANSWER, 0, false, millis(begun)));
            StreamSession.this.connected(server);
          }

          @Override
          public void failed(boolean late, Throwable cause) {
            log.info("stream: {} cannot be reached: {}", picked, cause.getMessage());
            // Always as one that is tried again: without an answer there is no status to be judged by.
            Outcome.Kind kind = late ? Outcome.Kind.TIMEOUT : Outcome.Kind.ERROR;
            int status = late ? 504 : 502;
            record.attemptFailed(status);
            upstream.outcome(loop.number(), picked, new Outcome(kind, status, true, millis(begun)));
            again(picked);
          }
        });
  }

  private static long millis(long begun) {
    return (System.nanoTime() - begun) / 1_000_000;
  }

  private void again(KernelTarget last) {
    last.end();
    target = Optional.empty();
    failed.add(last);
    if (ended) {
      return;
    }
    try {
      if (attempt > service().orElseThrow().retries() || !upstream.mayRetry(loop.number(), false, this)) {
        throw new Refused(StreamRoute.UNREACHABLE, "no server can be reached");
      }
      connect();
    } catch (Refused refused) {
      refuse(refused);
    }
  }

  private void connected(NetSocket server) {
    if (ended) {
      server.close();
      leave();
      return;
    }
    unpin();
    record.status(200);
    pipe = Optional.of(new StreamPipe(loop, client, server, service().orElseThrow().readTimeout(), this::end));
    pipe.get().open(early);
    early.clear();
  }

  /** Closes both sides, once what was on its way has gone out. */
  void end() {
    if (ended) {
      return;
    }
    ended = true;
    client.close();
    if (pipe.isPresent()) {
      pipe.get().close();
      leave();
    } else if (target.isEmpty()) {
      leave();
    }
    // Else a connection is under way, and leaves when it is there.
    note();
    unpin();
    onEnd.run();
  }

  /** Has it noted, by the configuration of now: that with which it began may be long gone. */
  private void note() {
    record.ended();
    loop.streamLog().log(record);
    if (plan == null) {
      return;
    }
    Pins.Pin last = loop.pins().pin();
    try {
      record.configuration(last.snapshot(), plan.workspace());
      RoutePlan now = last.snapshot().plan(route().id());
      StreamRoute.ended(record, now == null ? last.snapshot().global(plan.workspace()) : now.chain());
    } finally {
      loop.pins().unpin(last);
    }
  }

  /** Bytes that came from the client. */
  long received() {
    return pipe.map(StreamPipe::received).orElseGet(() -> early.stream().mapToLong(Buffer::length).sum());
  }

  /** Bytes that came from the server. */
  long sent() {
    return pipe.map(StreamPipe::sent).orElse(0L);
  }

  private void leave() {
    target.ifPresent(KernelTarget::end);
    target = Optional.empty();
  }

  private void unpin() {
    if (pinned) {
      pinned = false;
      loop.pins().unpin(pin);
    }
  }

  @Override
  public RequestContext request() {
    throw new IllegalStateException("a stream is no request");
  }

  @Override
  public boolean stream() {
    return true;
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public boolean failedAt(TargetState state) {
    return failed.contains(state);
  }

  @Override
  public String protocol() {
    return protocol;
  }

  @Override
  public String clientAddress() {
    return source.hostAddress();
  }

  @Override
  public int clientPort() {
    return source.port();
  }

  @Override
  public String localAddress() {
    return local.hostAddress();
  }

  @Override
  public int localPort() {
    return local.port();
  }

  @Override
  public Optional<String> sni() {
    return serverName;
  }

  @Override
  public Route route() {
    return definition.orElseThrow().route();
  }

  @Override
  public Optional<Service> service() {
    return definition.orElseThrow().service();
  }
}
