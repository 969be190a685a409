package dev.sluice.plugins.awslambda;

import dev.sluice.api.PluginContext;
import dev.sluice.plugins.serverless.AwsKeys;
import dev.sluice.plugins.serverless.FunctionAnswer;
import dev.sluice.plugins.serverless.FunctionClient;
import dev.sluice.plugins.serverless.FunctionClient.Way;
import dev.sluice.plugins.serverless.SigV4;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The service that gives temporary keys for roles. */
final class TokenService {

  private static final int OK = 200;
  private static final String VERSION = "&Version=2011-06-15";

  private final AwsLambdaConfig config;
  private final FunctionClient client;
  private final PluginContext lent;

  TokenService(AwsLambdaConfig config, FunctionClient client, PluginContext lent) {
    this.config = config;
    this.client = client;
    this.lent = lent;
  }

  /** Keys of a role, for keys of who may assume it. */
  Future<AwsKeys> assume(AwsLambdaConfig.Role role, AwsKeys keys) {
    return ask(
        "Action=AssumeRole&RoleArn=" + SigV4.escape(role.arn())
            + "&RoleSessionName=" + SigV4.escape(role.session()) + VERSION,
        Optional.of(keys));
  }

  /** Keys of a role, for the token that a file holds. */
  Future<AwsKeys> assume(String role, String session, String tokenFile) {
    return lent.blocking(() -> Files.readString(Path.of(tokenFile)).strip()).compose(token -> ask(
        "Action=AssumeRoleWithWebIdentity&RoleArn=" + SigV4.escape(role)
            + "&RoleSessionName=" + SigV4.escape(session) + VERSION + "&WebIdentityToken=" + SigV4.escape(token),
        Optional.empty()));
  }

  private Future<AwsKeys> ask(String query, Optional<AwsKeys> keys) {
    String region = config.endpoint().region().orElse("us-east-1");
    URI sts = config.role().flatMap(AwsLambdaConfig.Role::sts)
        .orElseGet(() -> URI.create("https://sts." + region + ".amazonaws.com"));
    boolean https = "https".equals(sts.getScheme());
    String path = sts.getRawPath() == null || sts.getRawPath().isEmpty() ? "/" : sts.getRawPath();
    String host = sts.getPort() < 0 ? sts.getHost() : sts.getHost() + ":" + sts.getPort();
    RequestOptions request = new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setHost(sts.getHost())
        .setPort(sts.getPort() >= 0 ? sts.getPort() : https ? 443 : 80)
        .setSsl(https)
        .setURI(path + "?" + query)
        .setTimeout(FunctionClient.timeout(config.timeout()));
    keys.ifPresent(with -> SigV4.sign(
            new SigV4.Request("GET", path, query, Map.of("host", host), Buffer.buffer()),
            with,
            region,
            "sts",
            lent.clock().instant())
        .forEach(request::putHeader));
    return client.send(Way.direct(true, config.keepalive()), request, Buffer.buffer()).map(TokenService::read);
  }

  private static AwsKeys read(FunctionAnswer answer) {
    String xml = answer.body().toString();
    if (answer.status() != OK) {
      throw new IllegalStateException("the role cannot be assumed: " + answer.status() + " " + element(xml, "Message"));
    }
    return new AwsKeys(
        element(xml, "AccessKeyId"),
        element(xml, "SecretAccessKey"),
        Optional.of(element(xml, "SessionToken")),
        Optional.of(Instant.parse(element(xml, "Expiration"))));
  }

  /** These elements hold plain text: keys, tokens and times have no characters that XML escapes. */
  private static String element(String xml, String name) {
    int from = xml.indexOf("<" + name + ">");
    int to = xml.indexOf("</" + name + ">");
    return from < 0 || to < from ? "" : xml.substring(from + name.length() + 2, to).strip();
  }
}
