package dev.sluice.kernel.proxy;

import dev.sluice.api.deployment.CopiedAnswer;
import dev.sluice.api.deployment.Copies;
import dev.sluice.api.deployment.CopyFailedException;
import dev.sluice.api.deployment.CopyFailedException.Reason;
import dev.sluice.api.deployment.Selection;
import dev.sluice.kernel.pipeline.Exchange;
import dev.sluice.kernel.pipeline.Observed;
import dev.sluice.kernel.snapshot.Destination;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * Sends copies of a request that has gone upstream. It outlives the request: what it reads of it does not change any more.
 *
 * @param body null when there is none
 */
record Copier(Exchange exchange, Observed observed, Buffer body, LoopPools pools) implements Copies {

  @Override
  public Future<CopiedAnswer> send(String group, Map<String, String> more) {
    Destination to =
        group.equals(Selection.REST) ? exchange.destination() : observed.groups().group(group).destination();
    if (to.seat().isEmpty()) {
      return Future.failedFuture(new CopyFailedException(Reason.NO_TARGET, "there is no such upstream"));
    }
    return new CopyCall(this, to, more).start();
  }
}
