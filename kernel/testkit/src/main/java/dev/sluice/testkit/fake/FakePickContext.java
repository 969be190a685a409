package dev.sluice.testkit.fake;

import dev.sluice.api.request.RequestContext;
import dev.sluice.api.upstream.PickContext;
import dev.sluice.api.upstream.TargetState;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** One attempt, after failures that a test chooses. Immutable. */
public final class FakePickContext implements PickContext {

  private final Optional<RequestContext> request;
  private final Set<TargetState> failed;

  private FakePickContext(Optional<RequestContext> request, Set<TargetState> failed) {
    this.request = request;
    this.failed = failed;
  }

  /** The first attempt of a request that the balancer has no need to look at. */
  public static FakePickContext first() {
    return new FakePickContext(Optional.empty(), Set.of());
  }

  /** The first attempt of a request. */
  public static FakePickContext first(RequestContext request) {
    return new FakePickContext(Optional.of(request), Set.of());
  }

  /** The attempt after one failure at each of these addresses. */
  public FakePickContext afterFailuresAt(Collection<? extends TargetState> addresses) {
    return new FakePickContext(request, Set.copyOf(addresses));
  }

  @Override
  public RequestContext request() {
    return request.orElseThrow(() -> new UnsupportedOperationException("this pick context has no request"));
  }

  @Override
  public int attempt() {
    return failed.size() + 1;
  }

  @Override
  public boolean failedAt(TargetState target) {
    return failed.contains(target);
  }
}
