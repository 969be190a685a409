package dev.sluice.plugins.awslambda;

import dev.sluice.plugins.serverless.AwsKeys;
import dev.sluice.plugins.serverless.FunctionAnswer;
import dev.sluice.plugins.serverless.FunctionClient;
import dev.sluice.plugins.serverless.FunctionClient.Way;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The services that give a container or a machine of AWS its temporary keys. */
final class MetadataService {

  private static final int OK = 200;
  private static final long TIMEOUT = 5000;
  private static final String ROLES = "/latest/meta-data/iam/security-credentials/";

  private final AwsLambdaConfig config;
  private final FunctionClient client;
  private final Map<String, String> environment;

  MetadataService(AwsLambdaConfig config, FunctionClient client, Map<String, String> environment) {
    this.config = config;
    this.client = client;
    this.environment = environment;
  }

  Future<AwsKeys> keys() {
    String relative = environment.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    String full = environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    if (relative != null || full != null) {
      String token = environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN");
      URI uri = URI.create(relative == null ? full : "http://169.254.170.2" + relative);
      return ask(HttpMethod.GET, uri, token == null ? Map.of() : Map.of("Authorization", token))
          .map(MetadataService::read);
    }
    if ("true".equalsIgnoreCase(environment.get("AWS_EC2_METADATA_DISABLED"))) {
      return Future.failedFuture("no credentials of AWS: neither configured nor in the environment");
    }
    URI machine =
        URI.create(environment.getOrDefault("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://169.254.169.254"));
    return headers(machine).compose(headers -> ask(HttpMethod.GET, machine.resolve(ROLES), headers)
        .compose(role -> ask(HttpMethod.GET, machine.resolve(ROLES + role.strip().lines().findFirst().orElse("")), headers))
        .map(MetadataService::read));
  }

  private Future<Map<String, String>> headers(URI machine) {
    if (!config.metadataTokens()) {
      return Future.succeededFuture(Map.of());
    }
    return ask(
            HttpMethod.PUT,
            machine.resolve("/latest/api/token"),
            Map.of("X-aws-ec2-metadata-token-ttl-seconds", "60"))
        .map(token -> Map.of("X-aws-ec2-metadata-token", token));
  }

  private Future<String> ask(HttpMethod method, URI uri, Map<String, String> headers) {
    boolean https = "https".equals(uri.getScheme());
    RequestOptions request = new RequestOptions()
        .setMethod(method)
        .setHost(uri.getHost())
        .setPort(uri.getPort() >= 0 ? uri.getPort() : https ? 443 : 80)
        .setSsl(https)
        .setURI(uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()))
        .setTimeout(TIMEOUT);
    headers.forEach(request::putHeader);
    return client.send(Way.direct(true, config.keepalive()), request, Buffer.buffer()).map(answer -> body(uri, answer));
  }

  private static String body(URI uri, FunctionAnswer answer) {
    if (answer.status() != OK) {
      throw new IllegalStateException("no credentials of AWS: " + uri + " answers " + answer.status());
    }
    return answer.body().toString();
  }

  private static AwsKeys read(String text) {
    JsonObject json = new JsonObject(text);
    return new AwsKeys(
        json.getString("AccessKeyId"),
        json.getString("SecretAccessKey"),
        Optional.ofNullable(json.getString("Token")),
        Optional.ofNullable(json.getString("Expiration")).map(Instant::parse));
  }
}
