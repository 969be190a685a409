package dev.sluice.plugins.grpcweb;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.BodyTooLargeException;
import dev.sluice.api.request.ContextKey;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.UpstreamRequest;
import dev.sluice.plugins.grpc.ProtoSchema;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Turns calls of gRPC-Web into calls of gRPC, and their answers back. */
final class GrpcWebFilter implements Filter.Access, Filter.Header, Filter.Body {

  private static final ContextKey<WebCall> CALL = ContextKey.of("grpc-web", WebCall.class);
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private final GrpcWebConfig config;
  private final Optional<ProtoSchema> schema;

  GrpcWebFilter(GrpcWebConfig config, Optional<ProtoSchema> schema) {
    this.config = config;
    this.schema = schema;
  }

  @Override
  public Future<Void> access(RequestContext context) {
    config.allowOrigin().ifPresent(origin -> context.response().headers().set(ALLOW_ORIGIN, origin));
    if (context.request().method().equals("OPTIONS")) {
      context.answer(
          Answer.bytes(200, "application/grpc-web-text+proto", Buffer.buffer("OK"))
              .header("Access-Control-Allow-Methods", "POST")
              .header("Access-Control-Allow-Headers", "content-type,x-grpc-web,x-user-agent"));
      return Filters.CONTINUE;
    }
    UpstreamRequest upstream = context.upstreamRequest();
    if (!config.passStrippedPath()) {
      upstream.path(context.request().path());
    }
    Optional<WebForm> form = context.request().headers().get("content-type").flatMap(WebForm::of);
    if (form.isEmpty()) {
      return refuse(context, "Content-Type is none of gRPC-Web");
    }
    Optional<WebCall.Json> json = Optional.empty();
    if (form.get().json()) {
      Optional<MethodDescriptor> method = schema.flatMap(known -> known.method(upstream.path()));
      if (method.isEmpty()) {
        return refuse(context, "JSON is understood for the methods of the configured proto file alone");
      }
      json = Optional.of(new WebCall.Json(schema.orElseThrow(), method.get()));
    }
    return translate(context, new WebCall(form.get(), json), json.isPresent());
  }

  private static Future<Void> refuse(RequestContext context, String why) {
    context.answer(Answer.error(400, why));
    return Filters.CONTINUE;
  }

  private static Future<Void> translate(RequestContext context, WebCall call, boolean json) {
    return context
        .request()
        .body(WebCall.LONGEST)
        .compose(
            body -> {
              send(context, call, json, body);
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

  private static void send(RequestContext context, WebCall call, boolean json, Buffer body) {
    UpstreamRequest upstream = context.upstreamRequest();
    try {
      upstream.body(call.request(body));
    } catch (IllegalArgumentException e) {
      context.answer(Answer.error(400, "the body is no message of the method that is called"));
      return;
    }
    upstream.headers().set("Content-Type", "application/grpc");
    upstream.headers().set("TE", "trailers");
    if (json) {
      // What is compressed could not be written as JSON.
      upstream.headers().remove("grpc-accept-encoding");
    }
    context.put(CALL, call);
  }

  @Override
  public void headerFilter(RequestContext context) {
    call(context).ifPresent(call -> context.response().headers().set("Content-Type", call.contentType()));
  }

  @Override
  public Buffer bodyFilter(RequestContext context, Buffer chunk, boolean last) {
    Optional<WebCall> call = call(context);
    return call.isPresent() ? call.get().answer(chunk, last, context.upstreamResponse()) : chunk;
  }

  /** The call whose answer this is; the gateway's own answers go out as they are. */
  private static Optional<WebCall> call(RequestContext context) {
    return context.upstreamResponse().received() && context.response().fromUpstream()
        ? context.get(CALL)
        : Optional.empty();
  }
}
