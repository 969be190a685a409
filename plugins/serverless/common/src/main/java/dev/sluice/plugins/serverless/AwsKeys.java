package dev.sluice.plugins.serverless;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What requests are signed with.
 *
 * @param id public
 * @param secret not to be shown
 * @param token of temporary ones
 * @param expires when temporary ones end
 */
public record AwsKeys(String id, String secret, Optional<String> token, Optional<Instant> expires) {

  private static final Duration EARLY = Duration.ofMinutes(1);

  /** Keys that last. */
  public static AwsKeys lasting(String id, String secret, Optional<String> token) {
    return new AwsKeys(id, secret, token, Optional.empty());
  }

  /** Whether they hold for some time yet. */
  public boolean isGood(Instant now) {
    return expires.isEmpty() || now.plus(EARLY).isBefore(expires.get());
  }

  @Override
  public String toString() {
    return id;
  }
}
