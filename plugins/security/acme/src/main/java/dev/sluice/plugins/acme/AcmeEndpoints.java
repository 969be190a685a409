package dev.sluice.plugins.acme;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.ApiError;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What operators order and see of certificates. */
record AcmeEndpoints(
    Sites sites, Shelf shelf, Issuer issuer, Renewals renewals, SanityTest sanity) {

  private static final String NOT_INCLUDED = "host is not included in plugin config.domains";

  /** As Kong's web server puts it. */
  private static final AdminResponse ABSENT = new AdminResponse(
      404,
      List.of(Map.entry("Content-Type", "text/html; charset=UTF-8")),
      Buffer.buffer(String.join(
          "\r\n",
          "<html>",
          "<head><title>404 Not Found</title></head>",
          "<body>",
          "<center><h1>404 Not Found</h1></center>",
          "</body>",
          "</html>",
          "")));

  List<AdminEndpoint> all() {
    return List.of(
        new AdminEndpoint("POST", "/acme", call -> with(call, all -> order(call, all))),
        new AdminEndpoint("PATCH", "/acme", call -> renew()),
        new AdminEndpoint("GET", "/acme/certificates", call -> with(call, all -> list(all.get(0)))),
        new AdminEndpoint(
            "GET", "/acme/certificates/{certificates}", call -> with(call, all -> show(call, all.get(0)))));
  }

  /** With the configurations of the workspace, of which there has to be one. */
  private Future<AdminResponse> with(AdminCall call, Function<List<Site>, Future<AdminResponse>> answer) {
    return sites
        .in(call.workspace())
        .compose(all -> all.isEmpty() ? Future.succeededFuture(ABSENT) : answer.apply(all));
  }

  private Future<AdminResponse> order(AdminCall call, List<Site> all) {
    if (!(call.body().getValue("host") instanceof String given) || given.isEmpty()) {
      throw ApiError.of(400, "host must be provided and containing a single domain");
    }
    if (given.indexOf(':') >= 0) {
      throw ApiError.of(400, "port is not allowed in host");
    }
    String host = given.toLowerCase(Locale.ROOT);
    Optional<Site> site = all.stream().filter(each -> each.config().domains().allow(host)).findFirst();
    if ("true".equals(String.valueOf(call.body().getValue("test_http_challenge_flow")))) {
      return (site.isEmpty() ? Future.succeededFuture(Optional.of(NOT_INCLUDED)) : sanity.problem(host))
          .map(problem -> problem
              .map(text -> AdminResponse.message(
                  400, "problem found running sanity check for " + host + ": " + text))
              .orElseGet(() -> AdminResponse.message(200, "sanity test for host " + host + " passed")));
    }
    if (site.isEmpty()) {
      return Future.succeededFuture(AdminResponse.message(400, "failed to update certificate: " + NOT_INCLUDED));
    }
    return issuer
        .issue(site.get(), host, Issuer.Reason.NEW)
        .map(outcome -> outcome == Issuer.Outcome.ISSUED
            ? AdminResponse.message(201, "certificate for host " + host + " is created")
            : AdminResponse.message(202, "certificate for host " + host + " is already being created"))
        .otherwise(cause -> AdminResponse.message(500, "failed to update certificate: " + Issuer.text(cause)));
  }

  private Future<AdminResponse> renew() {
    renewals.run();
    return Future.succeededFuture(AdminResponse.message(202, "Renewal process started successfully"));
  }

  private Future<AdminResponse> list(Site site) {
    return shelf.hosts(site).compose(hosts -> {
      List<Future<Optional<JsonObject>>> each = hosts.stream().map(host -> view(site, host)).toList();
      return Future.all(each).map(done -> {
        JsonArray data = new JsonArray();
        each.forEach(found -> found.result().ifPresent(data::add));
        return AdminResponse.json(200, new JsonObject().put("data", data));
      });
    });
  }

  private Future<Optional<JsonObject>> view(Site site, String host) {
    return shelf.find(site, host).map(found -> found.map(issued -> CertificateView.of(issued, renewals.now())));
  }

  private Future<AdminResponse> show(AdminCall call, Site site) {
    String host = call.parameter("certificates");
    return view(site, host).map(found -> found
        .map(view -> AdminResponse.json(200, new JsonObject().put("data", view)))
        .orElseGet(() -> AdminResponse.message(404, "Certificate for host " + host + "not found in storage")));
  }
}
