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
 * the client sent, and who it is. Whatever would change it throws, but for what {@link #answering} allows.
 */
public final class FakeRequest implements RequestContext {

  private final int number;
  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
  private final Map<ContextKey<?>, Object> kept = new HashMap<>();
  private String address = "127.0.0.1";
  private String path = "/";
  private String query = "";
  private Optional<Consumer> consumer = Optional.empty();
  private Optional<Credential> credential = Optional.empty();
  private Optional<RouteMatch> match = Optional.empty();
  private Optional<ClientResponse> answer = Optional.empty();
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
    credential = Optional.of(new Credential("of " + consumerId, Optional.of(consumerId), Optional.empty()));
    groups = List.of(itsGroups);
    return this;
  }

  /** Of somebody with a credential who is no consumer. */
  public FakeRequest credential(String credentialId) {
    credential = Optional.of(new Credential(credentialId, Optional.empty(), Optional.empty()));
    return this;
  }

  /** For a path in normal form. */
  public FakeRequest path(String normal) {
    path = normal;
    return this;
  }

  /** With a query, without the question mark. */
  public FakeRequest query(String raw) {
    query = raw;
    return this;
  }

  /** Of a route whose path has captured texts. */
  public FakeRequest captures(List<String> numbered, Map<String, String> named) {
    match = Optional.of(new RouteMatch(null, "/", "", new RouteMatch.Captures(numbered, named)));
    return this;
  }

  /** Before one who may add headers to the answer and keep values, as balancers may. */
  public FakeRequest answering() {
    answer = Optional.of(new FakeAnswer());
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
    return new FakeClientRequest(new FakeHeaders(headers), address, path, query);
  }

  @Override
  public Optional<RouteMatch> match() {
    return match;
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
    return credential;
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
    return answer.orElseThrow(FakeRequest::changed);
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
    if (answer.isEmpty()) {
      throw changed();
    }
    kept.put(key, value);
  }

  @Override
  public EntityReader entities() {
    throw new UnsupportedOperationException("there are no entities here");
  }

  private static IllegalStateException changed() {
    return new IllegalStateException("the request must not be changed here");
  }
}
