package dev.sluice.api.explain;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Says where requests would go, by the very code that sends them, and sends nothing. Safe for all threads; results arrive
 * on the caller's context.
 */
public interface Explainer {

  /**
   * Follows a request to the point where it would be sent. No filter runs, since filters have effects: what they would
   * change or answer is not in the explanation, which names them instead.
   *
   * @return fails with an {@link IllegalArgumentException} when the sample cannot be a request to this node
   */
  Future<Explanation> explain(SampleRequest sample);

  /**
   * Says how clients would be dealt to groups anew if a strategy's share were another one.
   *
   * @param plugin the id of the entity that configures the strategy
   * @param percentage the share that is asked about, between 0 and 100
   * @param keys of clients, each of which is answered for
   * @return empty when the plugin is no strategy that serves, or one that has no {@link
   *     dev.sluice.api.deployment.Cohorts}
   */
  Future<Optional<Redeal>> redeal(String plugin, double percentage, List<String> keys);

  /**
   * How clients would be dealt anew.
   *
   * @param by what they are told apart by
   * @param deals one for each key that was asked about, in that order
   */
  record Redeal(String by, List<Deal> deals) {}

  /**
   * One client.
   *
   * @param key by which it is told apart
   * @param bucket into which it falls
   * @param now the group that it belongs to
   * @param then the group that it would belong to
   */
  record Deal(String key, long bucket, String now, String then) {}
}
