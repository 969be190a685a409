package dev.sluice.plugins.airesponsetransformer;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.BodyTooLargeException;
import dev.sluice.api.request.MutableHeaders;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.ai.JsonBodies;
import dev.sluice.plugins.ai.llm.LlmException;
import dev.sluice.plugins.ai.llm.Transformation;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends clients what the model makes of an answer. */
final class TransformerFilter implements Filter.Access, Filter.Response {

  private static final Logger LOG = LoggerFactory.getLogger(TransformerFilter.class);
  private static final List<String> STREAMS =
      List.of("text/event-stream", "application/vnd.amazon.eventstream", "application/x-ndjson");
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int REFUSED = 400;
  private static final int TOO_LARGE = 413;
  private static final int FAILED = 500;

  private final TransformerFactory.Config config;
  private final Transformation transformation;

  TransformerFilter(TransformerFactory.Config config, Transformation transformation) {
    this.config = config;
    this.transformation = transformation;
  }

  /** The model reads answers: none may come in a form that only the client knows. */
  @Override
  public Future<Void> access(RequestContext context) {
    context.upstreamRequest().headers().set("Accept-Encoding", "identity");
    if (!context.request().hasBody()) {
      return Filters.CONTINUE;
    }
    return context.request().body(config.all().maxBody()).<Void>mapEmpty().recover(failure -> {
      if (failure instanceof BodyTooLargeException) {
        context.answer(JsonBodies.error(TOO_LARGE, "the request body is longer than max_request_body_size"));
        return Filters.CONTINUE;
      }
      return Future.failedFuture(failure);
    });
  }

  @Override
  public boolean collects(RequestContext context) {
    int status = context.upstreamResponse().status();
    String type = context.upstreamResponse().headers().get("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    return status != NO_CONTENT
        && status != NOT_MODIFIED
        && !context.upstreamRequest().method().equals("HEAD")
        && STREAMS.stream().noneMatch(type::startsWith);
  }

  @Override
  public Future<Buffer> response(RequestContext context, Buffer body) {
    return transformation.of(context, TransformerFactory.NAME, body.toString())
        .map(text -> answer(context, text))
        .recover(failure -> failure instanceof LlmException
            ? Future.succeededFuture(refuse(context, REFUSED, failure.getMessage()))
            : Future.failedFuture(failure));
  }

  private Buffer answer(RequestContext context, String text) {
    MutableHeaders headers = context.response().headers();
    headers.remove("Content-Encoding");
    headers.remove("ETag");
    if (!config.instructions()) {
      return Buffer.buffer(text);
    }
    try {
      Instructions wanted = Instructions.parse(text);
      context.response().status(wanted.status());
      wanted.headers().forEach(headers::set);
      return wanted.body();
    } catch (LlmException e) {
      LOG.error("request {}: {}", context.id(), e.getMessage());
      return refuse(context, FAILED, e.getMessage());
    }
  }

  /** An error of the gateway's own: nothing of the answer goes along. */
  private static Buffer refuse(RequestContext context, int status, String message) {
    MutableHeaders headers = context.response().headers();
    context.upstreamResponse().headers().forEach((name, value) -> headers.remove(name));
    headers.set("Content-Type", "application/json; charset=utf-8");
    context.response().status(status);
    return new JsonObject().put("error", new JsonObject().put("message", message)).toBuffer();
  }
}
