package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.filter.Phase;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.ClientResponse;
import dev.sluice.api.request.ContextKey;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.MutableHeaders;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.UpstreamRequest;
import dev.sluice.api.request.UpstreamResponse;
import dev.sluice.api.routing.RouteMatch;
import io.vertx.core.MultiMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request as far as an algorithm may look at it: what a client sent, who it is, and the answer's headers. */
final class FakeRequest implements RequestContext {

  private final Map<ContextKey<?>, Object> kept = new HashMap<>();
  private final FakeHeaders responseHeaders = new FakeHeaders(MultiMap.caseInsensitiveMultiMap());
  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
  private String path = "/";
  private String query = "";
  private Optional<Consumer> consumer = Optional.empty();
  private Optional<Credential> credential = Optional.empty();
  private Optional<RouteMatch> match = Optional.empty();

  static FakeRequest of() {
    return new FakeRequest();
  }

  FakeRequest header(String name, String value) {
    headers.add(name, value);
    return this;
  }

  FakeRequest path(String normalised) {
    path = normalised;
    return this;
  }

  FakeRequest query(String raw) {
    query = raw;
    return this;
  }

  FakeRequest consumer(String id) {
    consumer = Optional.of(new Consumer(id, Optional.of("name"), Optional.empty()));
    return this;
  }

  FakeRequest credential(String id) {
    credential = Optional.of(new Credential(id, Optional.empty(), Optional.empty()));
    return this;
  }

  FakeRequest captures(List<String> numbered, Map<String, String> named) {
    match = Optional.of(new RouteMatch(null, "/", "", new RouteMatch.Captures(numbered, named)));
    return this;
  }

  List<String> cookiesSet() {
    return responseHeaders.getAll("Set-Cookie");
  }

  @Override
  public ClientRequest request() {
    return new FakeClientRequest(headers, path, query);
  }

  @Override
  public ClientResponse response() {
    return new ClientResponse() {
      @Override
      public int status() {
        return 200;
      }

      @Override
      public ClientResponse status(int status) {
        throw unused();
      }

      @Override
      public MutableHeaders headers() {
        return responseHeaders;
      }

      @Override
      public long bytesSent() {
        return 0;
      }
    };
  }

  @Override
  public Optional<Consumer> consumer() {
    return consumer;
  }

  @Override
  public Optional<Credential> credential() {
    return credential;
  }

  @Override
  public Optional<RouteMatch> match() {
    return match;
  }

  @Override
  public <T> Optional<T> get(ContextKey<T> key) {
    return Optional.ofNullable(kept.get(key)).map(key::cast);
  }

  @Override
  public <T> void put(ContextKey<T> key, T value) {
    kept.put(key, value);
  }

  @Override
  public Phase phase() {
    return Phase.BALANCER;
  }

  @Override
  public String id() {
    throw unused();
  }

  @Override
  public long startedAtMillis() {
    throw unused();
  }

  @Override
  public long elapsedMillis() {
    throw unused();
  }

  @Override
  public UpstreamRequest upstreamRequest() {
    throw unused();
  }

  @Override
  public UpstreamResponse upstreamResponse() {
    throw unused();
  }

  @Override
  public void authenticate(Optional<Consumer> consumer, Optional<Credential> credential) {
    throw unused();
  }

  @Override
  public void authenticateAnonymous(Consumer consumer) {
    throw unused();
  }

  @Override
  public void answer(Answer answer) {
    throw unused();
  }

  @Override
  public boolean answered() {
    return false;
  }

  @Override
  public EntityReader entities() {
    throw unused();
  }

  static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("no algorithm should need this");
  }
}
