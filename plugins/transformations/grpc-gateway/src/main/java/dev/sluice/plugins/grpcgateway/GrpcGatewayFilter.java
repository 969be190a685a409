package dev.sluice.plugins.grpcgateway;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.BodyTooLargeException;
import dev.sluice.api.request.ContextKey;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.UpstreamRequest;
import dev.sluice.plugins.grpc.GrpcStatus;
import dev.sluice.plugins.grpc.ProtoSchema;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * Turns requests with JSON into calls of gRPC, and their answers back. The answer to a call with one message is
 * collected, since only its end tells how it went; the messages of a stream go out as they come, a line each.
 */
final class GrpcGatewayFilter implements Filter.Access, Filter.Response, Filter.Header, Filter.Body {

  private static final ContextKey<JsonAnswer> CALL = ContextKey.of("grpc-gateway", JsonAnswer.class);
  private static final int LONGEST = 64 << 20;
  private static final String JSON = "application/json";

  private final Mapping mapping;

  GrpcGatewayFilter(Mapping mapping) {
    this.mapping = mapping;
  }

  @Override
  public Future<Void> access(RequestContext context) {
    if (context.request().method().equals("OPTIONS")) {
      context.answer(
          Answer.bytes(200, JSON, Buffer.buffer("OK"))
              .header("Access-Control-Allow-Origin", "*")
              .header("Access-Control-Allow-Methods", "GET,POST,PUT,PATCH,DELETE")
              .header("Access-Control-Allow-Headers", "content-type"));
      return Filters.CONTINUE;
    }
    Optional<Mapping.Found> found = mapping.find(context.request().method(), context.request().path());
    if (found.isEmpty()) {
      context.answer(Answer.error(400, "no method of the proto file is mapped to this request"));
      return Filters.CONTINUE;
    }
    return context
        .request()
        .body(LONGEST)
        .compose(
            body -> {
              call(context, found.get(), body);
              return Filters.CONTINUE;
            },
            cause -> {
              if (cause instanceof BodyTooLargeException) {
                context.answer(Answer.error(413, "Payload too large"));
                return Filters.CONTINUE;
              }
              return Future.failedFuture(cause);
            });
  }

  private static void call(RequestContext context, Mapping.Found found, Buffer body) {
    UpstreamRequest upstream = context.upstreamRequest();
    try {
      upstream.body(CallBuilder.build(found, context.request().query(), body));
    } catch (IllegalArgumentException e) {
      context.answer(Answer.error(400, "the request makes no message of the method that it is mapped to"));
      return;
    }
    upstream.method("POST").path(ProtoSchema.path(found.binding().method())).query("");
    upstream.headers().set("Content-Type", "application/grpc").set("TE", "trailers").remove("Accept-Encoding");
    upstream.headers().remove("grpc-accept-encoding");
    context.put(CALL, new JsonAnswer(found.binding(), LONGEST));
  }

  @Override
  public boolean collects(RequestContext context) {
    return context.get(CALL).map(call -> !call.streams()).orElse(false);
  }

  @Override
  public Future<Buffer> response(RequestContext context, Buffer body) {
    JsonAnswer call = context.get(CALL).orElseThrow();
    int upstream = context.upstreamResponse().status();
    Optional<GrpcStatus> status = GrpcStatus.of(context.upstreamResponse());
    if (status.isEmpty()) {
      // No gRPC at all: whatever it is, it goes on as it is.
      call.give(upstream == 200 ? 502 : upstream);
      return Future.succeededFuture(upstream == 200 ? JsonAnswer.error(2, "the upstream gave no status") : body);
    }
    context.response().status(status.get().http());
    call.give(status.get().http());
    return Future.succeededFuture(
        status.get().code() == 0 ? call.one(body) : JsonAnswer.error(status.get().code(), status.get().message()));
  }

  @Override
  public void headerFilter(RequestContext context) {
    Optional<JsonAnswer> call = fromUpstream(context);
    if (call.isPresent()) {
      context.response().headers().set("Content-Type", JSON);
      if (call.get().status() > 0) {
        context.response().status(call.get().status());
      } else {
        GrpcStatus.of(context.upstreamResponse()).ifPresent(status -> context.response().status(status.http()));
      }
    }
  }

  @Override
  public Buffer bodyFilter(RequestContext context, Buffer chunk, boolean last) {
    Optional<JsonAnswer> call = fromUpstream(context);
    if (call.isEmpty() || !call.get().streams()) {
      return chunk;
    }
    Buffer lines = call.get().lines(chunk);
    if (last) {
      GrpcStatus.of(context.upstreamResponse())
          .filter(status -> status.code() != 0)
          .ifPresent(status -> lines.appendBuffer(JsonAnswer.error(status.code(), status.message())).appendString("\n"));
    }
    return lines;
  }

  private static Optional<JsonAnswer> fromUpstream(RequestContext context) {
    return context.upstreamResponse().received() && context.response().fromUpstream()
        ? context.get(CALL)
        : Optional.empty();
  }
}
