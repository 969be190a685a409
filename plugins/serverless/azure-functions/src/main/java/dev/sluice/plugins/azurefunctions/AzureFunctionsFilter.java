package dev.sluice.plugins.azurefunctions;

import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.UpstreamRequest;
import dev.sluice.plugins.serverless.FunctionClient;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import java.util.Set;

/** Answers with what the function says. */
final class AzureFunctionsFilter implements Filter.Access {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final Set<String> OF_CONNECTION =
      Set.of("connection", "content-length", "host", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade");

  private final AzureFunctionsConfig config;
  private final FunctionClient client;
  private final PluginContext lent;
  private final String host;
  private final int port;

  AzureFunctionsFilter(AzureFunctionsConfig config, FunctionClient client, PluginContext lent) {
    this.config = config;
    this.client = client;
    this.lent = lent;
    int colon = config.host().lastIndexOf(':');
    boolean hasPort = colon >= 0 && config.host().substring(colon + 1).matches("\\d{1,5}");
    this.host = hasPort ? config.host().substring(0, colon) : config.host();
    this.port = hasPort ? Integer.parseInt(config.host().substring(colon + 1)) : config.https() ? HTTPS : HTTP;
  }

  @Override
  public Future<Void> access(RequestContext context) {
    Future<Buffer> body = context.request().hasBody()
        ? context.request().body(FunctionClient.LONGEST_BODY)
        : Future.succeededFuture(Buffer.buffer());
    return body
        .compose(given -> client.send(config.way(), request(context.upstreamRequest()), given))
        .map(answer -> {
          context.answer(answer.toClient(lent.node()));
          return null;
        });
  }

  private RequestOptions request(UpstreamRequest upstream) {
    RequestOptions request = new RequestOptions()
        .setMethod(HttpMethod.valueOf(upstream.method()))
        .setHost(host)
        .setPort(port)
        .setSsl(config.https())
        .setURI(config.path() + upstream.target())
        .setTimeout(FunctionClient.timeout(config.timeout()));
    upstream.headers().forEach((name, value) -> {
      if (!OF_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
        request.addHeader(name, value);
      }
    });
    config.key().ifPresent(key -> request.putHeader("x-functions-key", key));
    config.client().ifPresent(id -> request.putHeader("x-functions-clientid", id));
    return request;
  }
}
