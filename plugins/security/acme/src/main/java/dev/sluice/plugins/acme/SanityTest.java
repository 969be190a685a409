package dev.sluice.plugins.acme;

import dev.sluice.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Asks for a challenge as an authority would, to see whether this gateway is asked. */
final class SanityTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String EXPECTED = "Not found\n";

  private final HttpClient client;
  private final IntSupplier port;

  SanityTest(PluginContext context, IntSupplier port) {
    this.client = context.httpClient(Trust.options(context));
    this.port = port;
  }

  /** What is wrong, if anything is. */
  Future<Optional<String>> problem(String host) {
    RequestOptions options = new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setHost(host)
        .setPort(port.getAsInt())
        .setURI(AcmeFilter.CHALLENGES + "x")
        .setConnectTimeout(PATIENCE.toMillis())
        .setTimeout(PATIENCE.toMillis());
    return client
        .request(options)
        .compose(request -> request.send())
        .compose(answer -> answer.body().map(body -> judged(host, answer.statusCode(), body.toString())))
        .recover(cause -> Future.succeededFuture(Optional.of(Issuer.text(cause))));
  }

  private static Optional<String> judged(String host, int status, String body) {
    if (body.contains("no Route matched with those values")) {
      return Optional.of("http://" + host + AcmeFilter.CHALLENGES + "* doesn't map to a Route in Kong; "
          + "please refer to docs on how to create dummy Route and Service");
    }
    if (body.equals(EXPECTED)) {
      return Optional.empty();
    }
    String problem = "unexpected response: \"" + body + "\"";
    return Optional.of(status == 404 ? problem : problem + ", unexpected status code: " + status);
  }
}
