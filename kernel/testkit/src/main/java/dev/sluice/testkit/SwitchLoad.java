package dev.sluice.testkit;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A {@link Load} while sides are switched, which holds every answer against the promise: a request that is sent after a
 * switch was acknowledged is answered by no older side, and none is answered by a side that nobody has begun to switch to.
 */
public final class SwitchLoad implements AutoCloseable {

  private final Function<Buffer, String> sideOf;
  private final List<String> sides = new CopyOnWriteArrayList<>();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final Load load;

  /**
   * Begins.
   *
   * @param sideOf the side that has answered, by the body of the answer
   * @param first the side that is switched to now
   */
  public SwitchLoad(
      int port,
      String path,
      Map<String, String> headers,
      int connections,
      Function<Buffer, String> sideOf,
      String first) {
    this.sideOf = sideOf;
    sides.add(first);
    load = new Load(port, path, headers, connections, this::judge);
  }

  /** Runs a switch; it is acknowledged when the call returns. */
  public void switchTo(String side, Runnable write) {
    sides.add(side);
    write.run();
    acknowledged.incrementAndGet();
  }

  private Load.Judge judge() {
    int since = acknowledged.get();
    return (answer, body) -> wrong(answer, body, since);
  }

  private Optional<String> wrong(HttpClientResponse answer, Buffer body, int since) {
    if (answer.statusCode() != 200) {
      return Optional.of(answer.statusCode() + " " + body);
    }
    String side = sideOf.apply(body);
    // A copy, since a view of the list fails when somebody switches meanwhile.
    List<String> known = List.copyOf(sides);
    List<String> allowed = known.subList(since, known.size());
    return allowed.contains(side) ? Optional.empty() : Optional.of("'" + side + "' has answered, allowed were " + allowed);
  }

  /** Requests that have ended. */
  public long sent() {
    return load.sent();
  }

  /** Requests that failed, or that the wrong side has answered. */
  public long failed() {
    return load.failed();
  }

  /** What the first failures were. */
  public String failures() {
    return load.failures();
  }

  /** Waits until so many more requests have ended. */
  public void awaitMore(long requests) {
    load.awaitMore(requests);
  }

  @Override
  public void close() {
    load.close();
  }
}
