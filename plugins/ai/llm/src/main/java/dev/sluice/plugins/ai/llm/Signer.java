package dev.sluice.plugins.ai.llm;

import dev.sluice.plugins.serverless.AwsKeys;
import dev.sluice.plugins.serverless.SigV4;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Signs requests to AWS with keys of the configuration or of the environment. Safe for all threads. */
final class Signer {

  private final AwsKeys keys;
  private final String region;
  private final Clock clock;

  private Signer(AwsKeys keys, String region, Clock clock) {
    this.keys = keys;
    this.region = region;
    this.clock = clock;
  }

  static String region(Model model, Map<String, String> environment) {
    return Pick.text(model.own("bedrock"), "aws_region")
        .or(() -> Optional.ofNullable(environment.get("AWS_REGION")))
        .orElse("us-east-1");
  }

  /** That of a configuration; empty when its provider wants no signatures. */
  static Optional<Signer> of(LlmConfig config, Map<String, String> environment, Clock clock) {
    if (!config.model().provider().equals("bedrock")) {
      return Optional.empty();
    }
    AwsKeys keys = config.auth().aws()
        .map(pair -> AwsKeys.lasting(pair.name(), pair.value(), Optional.empty()))
        .or(() -> environment(environment))
        .orElseThrow(() -> new IllegalArgumentException("the provider 'bedrock' is supported with keys alone: set"
            + " auth.aws_access_key_id and auth.aws_secret_access_key, or AWS_ACCESS_KEY_ID and"
            + " AWS_SECRET_ACCESS_KEY in the environment"));
    return Optional.of(new Signer(keys, region(config.model(), environment), clock));
  }

  private static Optional<AwsKeys> environment(Map<String, String> environment) {
    String id = environment.get("AWS_ACCESS_KEY_ID");
    String secret = environment.get("AWS_SECRET_ACCESS_KEY");
    return id == null || secret == null
        ? Optional.empty()
        : Optional.of(AwsKeys.lasting(id, secret, Optional.ofNullable(environment.get("AWS_SESSION_TOKEN"))));
  }

  /** The headers that a POST needs beside its own. */
  Map<String, String> sign(String host, String path, String query, Buffer body) {
    Map<String, String> headers = Map.of("host", host, "content-type", "application/json");
    SigV4.Request request = new SigV4.Request("POST", path, sorted(query), headers, body);
    return SigV4.sign(request, keys, region, "bedrock", clock.instant());
  }

  private static String sorted(String query) {
    if (query.isEmpty()) {
      return query;
    }
    String[] arguments = query.split("&", -1);
    Arrays.sort(arguments);
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = arguments[i].indexOf('=') < 0 ? arguments[i] + "=" : arguments[i];
    }
    return String.join("&", arguments);
  }
}
