package dev.sluice.plugins.awslambda;

import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.BodyTooLargeException;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.serverless.AwsKeys;
import dev.sluice.plugins.serverless.FunctionAnswer;
import dev.sluice.plugins.serverless.FunctionClient;
import dev.sluice.plugins.serverless.FunctionClient.Way;
import dev.sluice.plugins.serverless.SigV4;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with what the function says. */
final class AwsLambdaFilter implements Filter.Access {

  private static final Logger LOG = LoggerFactory.getLogger(AwsLambdaFilter.class);
  private static final int LARGE = 8192;
  private static final int REFUSED = 400;
  private static final int BAD_GATEWAY = 502;

  private final AwsLambdaConfig config;
  private final Credentials credentials;
  private final FunctionClient client;
  private final PluginContext lent;
  private final Events events;
  private final Way way;

  AwsLambdaFilter(AwsLambdaConfig config, Credentials credentials, FunctionClient client, PluginContext lent) {
    this.config = config;
    this.credentials = credentials;
    this.client = client;
    this.lent = lent;
    this.events = new Events(config.event());
    this.way = config.endpoint().proxy()
        .map(proxy -> Way.over(proxy.getHost(), port(proxy), true, config.keepalive()))
        .orElseGet(() -> Way.direct(true, config.keepalive()));
  }

  private static int port(URI proxy) {
    return proxy.getPort() < 0 ? 80 : proxy.getPort();
  }

  @Override
  public Future<Void> access(RequestContext context) {
    if (config.call().function().isEmpty()) {
      return Future.failedFuture("no function_name is configured");
    }
    if (config.endpoint().host().isEmpty() && config.endpoint().region().isEmpty()) {
      return Future.failedFuture("neither aws_region nor host is configured, and the environment tells no region");
    }
    return body(context)
        .compose(body -> {
          Buffer event = events.of(context, body).toBuffer();
          return credentials.get().compose(keys -> call(event, keys));
        })
        .map(said -> {
          context.answer(answer(said));
          return null;
        });
  }

  private Future<Buffer> body(RequestContext context) {
    boolean skip = config.event().skipLarge();
    if (!context.request().hasBody()) {
      return Future.succeededFuture(Buffer.buffer());
    }
    return context.request().body(skip ? LARGE : FunctionClient.LONGEST_BODY).recover(failure -> {
      if (skip && failure instanceof BodyTooLargeException) {
        LOG.warn("the body of request {} is longer than {} bytes: the function is not told", context.id(), LARGE);
        return Future.succeededFuture(Buffer.buffer());
      }
      return Future.failedFuture(failure);
    });
  }

  private Future<FunctionAnswer> call(Buffer event, AwsKeys keys) {
    AwsLambdaConfig.Endpoint endpoint = config.endpoint();
    String region = endpoint.region().orElse("us-east-1");
    String host = endpoint.host().orElseGet(() -> "lambda." + region + ".amazonaws.com");
    String path = "/2015-03-31/functions/" + SigV4.escape(config.call().function().orElseThrow()) + "/invocations";
    String query = config.call().qualifier().map(name -> "Qualifier=" + SigV4.escape(name)).orElse("");
    boolean usual = endpoint.port() == (endpoint.https() ? 443 : 80);
    Map<String, String> headers = Map.of(
        "host", usual ? host : host + ":" + endpoint.port(),
        "content-type", "application/x-amz-json-1.1",
        "x-amz-invocation-type", config.call().invocation(),
        "x-amz-log-type", config.call().log());
    RequestOptions request = new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost(host)
        .setPort(endpoint.port())
        .setSsl(endpoint.https())
        .setURI(query.isEmpty() ? path : path + "?" + query)
        .setTimeout(FunctionClient.timeout(config.timeout()));
    headers.forEach(request::putHeader);
    SigV4.Request signed = new SigV4.Request("POST", path, query, headers, event);
    SigV4.sign(signed, keys, region, "lambda", lent.clock().instant()).forEach(request::putHeader);
    return client.send(way, request, event);
  }

  private Answer answer(FunctionAnswer said) {
    if (said.status() >= REFUSED) {
      throw new IllegalStateException("the function cannot be called: " + said.status() + " " + said.body());
    }
    if (!config.proxyIntegration()) {
      return FunctionResult.plain(said, config).toClient(lent.node());
    }
    try {
      return FunctionResult.integrated(said).toClient(lent.node());
    } catch (FunctionResult.FormException e) {
      return Answer.json(BAD_GATEWAY, new JsonObject()
          .put("message", "Bad Gateway")
          .put("error", "could not JSON decode Lambda function response: " + e.getMessage()));
    }
  }
}
