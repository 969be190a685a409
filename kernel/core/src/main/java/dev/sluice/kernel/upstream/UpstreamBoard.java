package dev.sluice.kernel.upstream;

import dev.sluice.api.upstream.TargetState;
import dev.sluice.api.upstream.Upstreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The running balancers as the Admin API shows them. */
public final class UpstreamBoard implements Upstreams {

  private final Supplier<Map<String, UpstreamRuntime>> running;

  /** Shows what the supplier gives at each call. */
  public UpstreamBoard(Supplier<Map<String, UpstreamRuntime>> running) {
    this.running = running;
  }

  @Override
  public Optional<UpstreamStatus> status(String upstreamId) {
    return Optional.ofNullable(running.get().get(upstreamId)).map(UpstreamBoard::status);
  }

  @Override
  public List<NamedStatus> all() {
    return running.get().values().stream()
        .filter(runtime -> !runtime.upstream().settings().isEmpty())
        .map(runtime -> new NamedStatus(runtime.upstream().name(), status(runtime)))
        .toList();
  }

  private static UpstreamStatus status(UpstreamRuntime runtime) {
    RetryStatus retries = new RetryStatus(runtime.budget().made(), runtime.budget().refused());
    return new UpstreamStatus(runtime.checked(), targets(runtime), leaving(runtime), retries);
  }

  private static List<LeavingStatus> leaving(UpstreamRuntime runtime) {
    return runtime.leaving().stream()
        .filter(address -> address.inFlight() > 0)
        .map(address -> new LeavingStatus(address.target().target(), status(address)))
        .toList();
  }

  private static AddressStatus status(TargetState address) {
    return new AddressStatus(
        address.address(), address.port(), address.weight(), address.healthy(), address.inFlight());
  }

  @SuppressWarnings("ReferenceEquality")
  private static List<TargetStatus> targets(UpstreamRuntime runtime) {
    List<TargetStatus> statuses = new ArrayList<>();
    for (ResolvedTarget target : runtime.targets()) {
      List<AddressStatus> addresses = new ArrayList<>();
      for (TargetState address : runtime.addresses()) {
        if (address.target() == target.target()) {
          addresses.add(status(address));
        }
      }
      statuses.add(
          new TargetStatus(
              target.target().id(),
              target.target().host(),
              target.target().port(),
              target.dns(),
              target.target().weight(),
              List.copyOf(addresses)));
    }
    return List.copyOf(statuses);
  }

  @Override
  public boolean mark(String upstreamId, String host, int port, Optional<String> address, boolean healthy) {
    UpstreamRuntime runtime = running.get().get(upstreamId);
    if (runtime == null || !runtime.checked()) {
      return false;
    }
    for (TargetState state : runtime.addresses()) {
      KernelTarget known = (KernelTarget) state;
      boolean ofTheTarget = known.host().equals(host) && known.target().port() == port;
      if (ofTheTarget && (address.isEmpty() || address.get().equals(known.toString()))) {
        runtime.mark(known, healthy);
      }
    }
    return true;
  }
}
