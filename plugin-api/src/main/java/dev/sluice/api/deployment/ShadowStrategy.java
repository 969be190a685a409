package dev.sluice.api.deployment;

import dev.sluice.api.request.RequestContext;
import java.util.Optional;

/**
 * A strategy that looks on, whatever else it does: it may be shown a request and its answer, and may have copies of the
 * request sent to its groups. The request itself does not wait for any of that, and nothing of it can fail it.
 */
public interface ShadowStrategy extends DeploymentStrategy {

  /**
   * Says whether a request is looked on. Asked once, on its event loop, when it is about to go where strategies have said,
   * of strategies that were asked for its group. Must not block; a throw is logged, and nobody looks on then.
   *
   * @param context to be read here and now; what goes upstream does not change any more
   * @return who looks on; empty, which costs the request nothing, for nobody. Of several strategies the first one counts
   */
  Optional<Onlooker> onlooker(RequestContext context);
}
