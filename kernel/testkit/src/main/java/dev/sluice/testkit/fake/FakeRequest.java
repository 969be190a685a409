package dev.sluice.testkit.fake;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.filter.Phase;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.ClientResponse;
import dev.sluice.api.request.ContextKey;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.UpstreamRequest;
import dev.sluice.api.request.UpstreamResponse;
import dev.sluice.api.routing.RouteMatch;
import io.vertx.core.MultiMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request whose filters have run and that is about to go upstream, as far as what chooses its way may look at it: what
 * the client sent, and who it is. Whatever would change it throws.
 */
public final class FakeRequest implements RequestContext {

  private final int number;
  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
  private final Map<ContextKey<?>, Object> kept = new HashMap<>();
  private String address = "127.0.0.1";
  private Optional<Consumer> consumer = Optional.empty();
  private List<String> groups = List.of();

  private FakeRequest(int number) {
    this.number = number;
  }

  /** A request with an id of its own. */
  public static FakeRequest of(int number) {
    return new FakeRequest(number);
  }

  /** With one more header. */
  public FakeRequest header(String name, String value) {
    headers.add(name, value);
    return this;
  }

  /** From an address. */
  public FakeRequest from(String client) {
    address = client;
    return this;
  }

  /** Of a consumer that belongs to groups. */
  public FakeRequest consumer(String consumerId, String... itsGroups) {
    consumer = Optional.of(new Consumer(consumerId, Optional.of("name of " + consumerId), Optional.empty()));
    groups = List.of(itsGroups);
    return this;
  }

  /** With a value that an earlier filter has kept. */
  public <T> FakeRequest kept(ContextKey<T> key, T value) {
    kept.put(key, value);
    return this;
  }

  @Override
  public Phase phase() {
    return Phase.BALANCER;
  }

  @Override
  public String id() {
    return String.format("%032x", number * 0x9E3779B97F4A7C15L);
  }

  @Override
  public long startedAtMillis() {
    return 0;
  }

  @Override
  public long elapsedMillis() {
    return 0;
  }

  @Override
  public ClientRequest request() {
    return new FakeClientRequest(new FakeHeaders(headers), address, "/", "");
  }

  @Override
  public Optional<RouteMatch> match() {
    return Optional.empty();
  }

  @Override
  public Optional<Consumer> consumer() {
    return consumer;
  }

  @Override
  public List<String> groups() {
    return groups;
  }

  @Override
  public Optional<Credential> credential() {
    return consumer.map(who -> new Credential("of " + who.id(), Optional.of(who.id()), Optional.empty()));
  }

  @Override
  public <T> Optional<T> get(ContextKey<T> key) {
    return Optional.ofNullable(kept.get(key)).map(key::cast);
  }

  @Override
  public boolean answered() {
    return false;
  }

  @Override
  public UpstreamRequest upstreamRequest() {
    throw changed();
  }

  @Override
  public UpstreamResponse upstreamResponse() {
    throw new IllegalStateException("nothing has been received yet");
  }

  @Override
  public ClientResponse response() {
    throw changed();
  }

  @Override
  public void authenticate(Optional<Consumer> who, Optional<Credential> with) {
    throw changed();
  }

  @Override
  public void authenticateAnonymous(Consumer who) {
    throw changed();
  }

  @Override
  public void answer(Answer answer) {
    throw changed();
  }

  @Override
  public <T> void put(ContextKey<T> key, T value) {
    throw changed();
  }

  @Override
  public EntityReader entities() {
    throw new UnsupportedOperationException("there are no entities here");
  }

  private static IllegalStateException changed() {
    return new IllegalStateException("the request must not be changed here");
  }
}
