package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.AdminSurface;
import dev.sluice.api.admin.ApiError;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves one listener from its endpoints: takes requests apart, refuses, dispatches. Safe for all threads. */
final class Surface implements AdminSurface {

  private static final Logger log = LoggerFactory.getLogger(Surface.class);

  private final Rooms rooms;
  private final AnswerHeaders headers;
  private final Optional<Audit> audit;

  Surface(Rooms rooms, AnswerHeaders headers, Optional<Audit> audit) {
    this.rooms = rooms;
    this.audit = audit;
    this.headers = headers;
  }

  @Override
  public Future<AdminResponse> handle(AdminRequest request) {
    long begun = System.nanoTime();
    Future<AdminResponse> answer;
    try {
      answer = serve(request);
    } catch (RuntimeException | LinkageError e) {
      answer = Future.failedFuture(e);
    }
    return answer
        .otherwise(cause -> failure(request, cause))
        .map(served -> headers.complete(request, ErrorPage.fill(served), System.nanoTime() - begun));
  }

  private Future<AdminResponse> serve(AdminRequest request) {
    String method = request.method();
    boolean withBody = MediaTypes.mayHaveBody(method);
    if (withBody && !MediaTypes.accepts(request) && !MediaTypes.accepts(request, taken(request))) {
      return Future.succeededFuture(AdminResponse.empty(415));
    }
    Optional<List<String>> segments = PathSegments.of(request.path());
    if (segments.isEmpty()) {
      return Future.succeededFuture(AdminResponse.empty(400));
    }
    Optional<Rooms.Place> place = rooms.find(segments.get());
    if (place.isEmpty()) {
      return Future.failedFuture(Api.notFound());
    }
    EndpointTable.Match match = place.get().match();
    EndpointTable.Resource resource = match.resource();
    if (method.equals("OPTIONS")) {
      return options(request, place.get());
    }
    Optional<AdminEndpoint> endpoint = resource.endpoint(method);
    if (endpoint.isEmpty()) {
      return Future.failedFuture(Api.notAllowed());
    }
    ArgumentLimit.check(request.query());
    RequestBody body = withBody ? RequestBody.of(request) : new RequestBody(new JsonObject(), false);
    AdminCall call =
        new AdminCall(
            request,
            match.parameters(endpoint.get()),
            body.content(),
            body.form(),
            place.get().workspace());
    return audit.isPresent()
        ? audit.get().recorded(call, endpoint.get())
        : endpoint.get().handler().apply(call);
  }

  /** The type that an endpoint takes as it is, beside those that all take. */
  private Optional<String> taken(AdminRequest request) {
    return PathSegments.of(request.path())
        .flatMap(rooms::find)
        .flatMap(place -> place.match().resource().endpoint(request.method()))
        .flatMap(AdminEndpoint::takes);
  }

  /** An endpoint for the method only says whether there is anything to ask about. */
  private Future<AdminResponse> options(AdminRequest request, Rooms.Place place) {
    EndpointTable.Match match = place.match();
    AdminResponse options = headers.options(request, match.resource().allowed());
    Optional<AdminEndpoint> check = match.resource().endpoint("OPTIONS");
    if (check.isEmpty()) {
      return Future.succeededFuture(options);
    }
    AdminCall call =
        new AdminCall(request, match.parameters(check.get()), new JsonObject(), false, place.workspace());
    return check.get().handler().apply(call).map(options);
  }

  /** The answer in the place of a failure. */
  static AdminResponse failure(AdminRequest request, Throwable cause) {
    if (cause instanceof ApiError refusal) {
      return Answers.json(refusal.status(), refusal.body());
    }
    log.error("{} {} failed", request.method(), request.path(), cause);
    return AdminResponse.message(500, "An unexpected error occurred");
  }
}
