package dev.sluice.kernel.pipeline;

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
import java.util.List;
import java.util.Optional;

/**
 * A request as balancers see it that choose for a copy of it: what they do to it or to its answer, such as to give the
 * client a cookie, has no effect.
 */
public record CopiedRequest(Exchange original) implements RequestContext {

  @Override
  public Phase phase() {
    return Phase.BALANCER;
  }

  @Override
  public String id() {
    return original.id();
  }

  @Override
  public long startedAtMillis() {
    return original.startedAtMillis();
  }

  @Override
  public long elapsedMillis() {
    return original.elapsedMillis();
  }

  @Override
  public ClientRequest request() {
    return original.request();
  }

  @Override
  public UpstreamRequest upstreamRequest() {
    return original.upstreamRequest();
  }

  @Override
  public UpstreamResponse upstreamResponse() {
    return original.upstreamResponse();
  }

  @Override
  public ClientResponse response() {
    return new Nowhere(MultiMap.caseInsensitiveMultiMap());
  }

  @Override
  public Optional<RouteMatch> match() {
    return original.match();
  }

  @Override
  public Optional<Consumer> consumer() {
    return original.consumer();
  }

  @Override
  public Optional<Credential> credential() {
    return original.credential();
  }

  @Override
  public void authenticate(Optional<Consumer> consumer, Optional<Credential> credential) {}

  @Override
  public void authenticateAnonymous(Consumer consumer) {}

  @Override
  public void answer(Answer answer) {}

  @Override
  public boolean answered() {
    return false;
  }

  @Override
  public <T> Optional<T> get(ContextKey<T> key) {
    return original.get(key);
  }

  @Override
  public <T> void put(ContextKey<T> key, T value) {}

  @Override
  public EntityReader entities() {
    return original.entities();
  }

  @Override
  public String workspace() {
    return original.workspace();
  }

  @Override
  public List<String> groups() {
    return original.groups();
  }

  /** An answer that nobody gets. */
  private static final class Nowhere extends HeadersView implements ClientResponse, MutableHeaders {

    Nowhere(MultiMap map) {
      super(map);
    }

    @Override
    public int status() {
      return 0;
    }

    @Override
    public ClientResponse status(int status) {
      return this;
    }

    @Override
    public MutableHeaders headers() {
      return this;
    }

    @Override
    public long bytesSent() {
      return 0;
    }

    @Override
    public MutableHeaders set(CharSequence name, CharSequence value) {
      return this;
    }

    @Override
    public MutableHeaders add(CharSequence name, CharSequence value) {
      return this;
    }

    @Override
    public MutableHeaders remove(CharSequence name) {
      return this;
    }
  }
}
