package dev.sluice.plugins.awslambda;

import dev.sluice.api.PluginContext;
import dev.sluice.plugins.serverless.AwsKeys;
import dev.sluice.plugins.serverless.FunctionClient;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what requests are signed with: keys of the configuration, of the environment, of a web identity, a container or
 * the machine, in this order, and exchanges them for a role if one is configured. Temporary ones are kept until a minute
 * before they end. Safe for all threads.
 */
final class Credentials {

  private final AwsLambdaConfig config;
  private final PluginContext lent;
  private final Map<String, String> environment;
  private final TokenService sts;
  private final MetadataService metadata;
  private volatile AwsKeys known;

  Credentials(AwsLambdaConfig config, FunctionClient client, PluginContext lent, Map<String, String> environment) {
    this.config = config;
    this.lent = lent;
    this.environment = environment;
    this.sts = new TokenService(config, client, lent);
    this.metadata = new MetadataService(config, client, environment);
  }

  Future<AwsKeys> get() {
    AwsKeys kept = known;
    if (kept != null && kept.isGood(lent.clock().instant())) {
      return Future.succeededFuture(kept);
    }
    return own()
        .compose(keys -> config.role().isPresent()
            ? sts.assume(config.role().get(), keys)
            : Future.succeededFuture(keys))
        .onSuccess(keys -> known = keys);
  }

  private Future<AwsKeys> own() {
    if (config.key().isPresent()) {
      AwsLambdaConfig.Keys given = config.key().get();
      return Future.succeededFuture(AwsKeys.lasting(given.id(), given.secret(), Optional.empty()));
    }
    String id = environment.get("AWS_ACCESS_KEY_ID");
    String secret = environment.get("AWS_SECRET_ACCESS_KEY");
    if (id != null && secret != null) {
      return Future.succeededFuture(
          AwsKeys.lasting(id, secret, Optional.ofNullable(environment.get("AWS_SESSION_TOKEN"))));
    }
    String role = environment.get("AWS_ROLE_ARN");
    String file = environment.get("AWS_WEB_IDENTITY_TOKEN_FILE");
    return role != null && file != null
        ? sts.assume(role, environment.getOrDefault("AWS_ROLE_SESSION_NAME", "kong"), file)
        : metadata.keys();
  }
}
