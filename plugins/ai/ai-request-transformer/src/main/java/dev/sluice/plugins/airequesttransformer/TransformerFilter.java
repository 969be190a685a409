package dev.sluice.plugins.airequesttransformer;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.BodyTooLargeException;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.ai.JsonBodies;
import dev.sluice.plugins.ai.llm.LlmException;
import dev.sluice.plugins.ai.llm.Transformation;
import dev.sluice.plugins.ai.llm.TransformerConfig;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Sends what the model makes of the body. */
final class TransformerFilter implements Filter.Access {

  private static final int TOO_LARGE = 413;

  private final TransformerConfig config;
  private final Transformation transformation;

  TransformerFilter(TransformerConfig config, Transformation transformation) {
    this.config = config;
    this.transformation = transformation;
  }

  @Override
  public Future<Void> access(RequestContext context) {
    Future<Buffer> body = context.request().hasBody()
        ? context.request().body(config.maxBody())
        : Future.succeededFuture(Buffer.buffer());
    return body
        .compose(text -> transformation.of(context, TransformerFactory.NAME, text.toString()))
        .map(text -> {
          context.upstreamRequest().body(Buffer.buffer(text));
          return (Void) null;
        })
        .recover(failure -> refused(context, failure));
  }

  private Future<Void> refused(RequestContext context, Throwable failure) {
    if (failure instanceof LlmException) {
      JsonBodies.refuse(context, failure.getMessage());
    } else if (failure instanceof BodyTooLargeException) {
      context.answer(JsonBodies.error(TOO_LARGE, "the request body is longer than max_request_body_size"));
    } else {
      return Future.failedFuture(failure);
    }
    return Future.succeededFuture();
  }
}
