package dev.sluice.kernel.stream;

import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.request.Attempt;
import dev.sluice.api.request.EndedStream;
import dev.sluice.kernel.accesslog.LoggedStream;
import dev.sluice.kernel.snapshot.GatewaySnapshot;
import dev.sluice.kernel.upstream.KernelTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLSession;

/** What is kept of a connection to be told at its end. On its event loop. */
final class StreamRecord implements EndedStream, LoggedStream {

  /** The status of a connection whose client has gone away before a server was there. */
  private static final int CLIENT_GONE = 499;

  private static final long NANOS = 1_000_000;

  private final StreamSession session;
  private final long startMillis = System.currentTimeMillis();
  private final long startNanos = System.nanoTime();
  private final List<Attempt> attempts = new ArrayList<>(1);
  private Optional<SSLSession> tls = Optional.empty();
  private int status = CLIENT_GONE;
  private long chosenNanos;
  private long endNanos;
  private GatewaySnapshot snapshot;
  private String workspace = "";

  StreamRecord(StreamSession session) {
    this.session = session;
  }

  void tls(SSLSession terms) {
    tls = Optional.ofNullable(terms);
  }

  void status(int how) {
    status = how;
  }

  /**
   * Notes that a server was chosen.
   *
   * @param from when that began, by {@link System#nanoTime}
   */
  void attempt(long from, KernelTarget target) {
    chosenNanos = System.nanoTime();
    attempts.add(
        new Attempt(
            from - startNanos, chosenNanos - from, target.host(), target.address(), target.port(), OptionalInt.empty()));
  }

  /** Notes that the last server could not be reached. */
  void attemptFailed(int how) {
    int last = attempts.size() - 1;
    attempts.set(last, attempts.get(last).failed(how));
  }

  void ended() {
    endNanos = System.nanoTime();
  }

  void configuration(GatewaySnapshot now, String itsWorkspace) {
    snapshot = now;
    workspace = itsWorkspace;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public long received() {
    return session.received();
  }

  @Override
  public long sent() {
    return session.sent();
  }

  @Override
  public long upstreamReceived() {
    return sent();
  }

  @Override
  public long upstreamSent() {
    return status == 200 ? received() : 0;
  }

  @Override
  public long bytesSent() {
    return sent();
  }

  @Override
  public long bytesReceived() {
    return received();
  }

  @Override
  public long startedAtMillis() {
    return startMillis;
  }

  @Override
  public long tookMillis() {
    return (endNanos - startNanos) / NANOS;
  }

  @Override
  public long gatewayMillis() {
    return ((chosenNanos == 0 ? endNanos : chosenNanos) - startNanos) / NANOS;
  }

  @Override
  public List<Attempt> attempts() {
    return Collections.unmodifiableList(attempts);
  }

  @Override
  public Optional<SSLSession> tls() {
    return tls;
  }

  @Override
  public String workspace() {
    return workspace;
  }

  @Override
  public EntityReader entities() {
    return snapshot.reader(workspace);
  }

  @Override
  public Route route() {
    return session.route();
  }

  @Override
  public Optional<Service> service() {
    return session.service();
  }

  @Override
  public String protocol() {
    return session.protocol();
  }

  @Override
  public String clientAddress() {
    return session.clientAddress();
  }

  @Override
  public int clientPort() {
    return session.clientPort();
  }

  @Override
  public String localAddress() {
    return session.localAddress();
  }

  @Override
  public int localPort() {
    return session.localPort();
  }

  @Override
  public Optional<String> sni() {
    return session.sni();
  }
}
