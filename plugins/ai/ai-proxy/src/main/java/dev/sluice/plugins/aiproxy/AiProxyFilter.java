package dev.sluice.plugins.aiproxy;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.HeaderText;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.ai.JsonBodies;
import dev.sluice.plugins.ai.llm.Llm;
import dev.sluice.plugins.ai.llm.LlmException;
import dev.sluice.plugins.ai.llm.StreamReader;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends requests to the provider in its own words, and its answers back in those of OpenAI. */
final class AiProxyFilter implements Filter.Access, Filter.Response, Filter.Header, Filter.Body, Filter.Log {

  private static final Logger LOG = LoggerFactory.getLogger(AiProxyFilter.class);
  private static final int OK = 200;
  private static final int FAILED = 500;
  private static final String TYPE = "Content-Type";

  private final AiProxyConfig config;
  private final Asking asking;
  private final TurnLog log;

  AiProxyFilter(AiProxyConfig config, Asking asking, String id) {
    this.config = config;
    this.asking = asking;
    this.log = new TurnLog(config.llm(), id);
  }

  @Override
  public Future<Void> access(RequestContext context) {
    return asking.ask(context);
  }

  /** Only answers of the provider that are what was asked for concern this filter. */
  private static Optional<Turn> turn(RequestContext context) {
    return context.upstreamResponse().status() == OK ? context.get(Turn.KEY) : Optional.empty();
  }

  @Override
  public boolean collects(RequestContext context) {
    return turn(context).filter(turn -> !turn.ask().stream() && (turn.translates() || log.reads())).isPresent();
  }

  @Override
  public Future<Buffer> response(RequestContext context, Buffer body) {
    Turn turn = turn(context).orElseThrow();
    turn.ended(context.timeline().ended());
    if (!turn.translates()) {
      JsonObject json = JsonBodies.object(body).orElse(new JsonObject());
      turn.answered(body.toString(), turn.model(), asking.llm().driver().usage(json));
      return Future.succeededFuture(body);
    }
    context.response().headers().remove("Content-Encoding");
    context.response().headers().set(TYPE, "application/json");
    try {
      JsonObject answer = asking.llm().answer(Unpack.whole(context, body), turn.ask());
      turn.answered(
          config.llm().payloads() ? answer.encode() : "",
          answer.getValue("model") instanceof String model ? model : turn.model(),
          Llm.usage(answer));
      return Future.succeededFuture(answer.toBuffer());
    } catch (LlmException e) {
      LOG.error("request {}: {}", context.id(), e.getMessage());
      context.response().status(FAILED);
      JsonObject error = new JsonObject().put("error", new JsonObject().put("message", e.getMessage()));
      return Future.succeededFuture(error.toBuffer());
    }
  }

  @Override
  public void headerFilter(RequestContext context) {
    Optional<Turn> found = turn(context).filter(turn -> context.response().fromUpstream());
    if (found.isEmpty()) {
      return;
    }
    Turn turn = found.get();
    if (turn.translates() && turn.ask().stream()) {
      context.response().headers().set(TYPE, "text/event-stream");
      context.response().headers().remove("Content-Length");
      turn.stream(new StreamReader(
          asking.llm().driver(), turn.ask(), config.llm().payloads(), config.llm().statistics()));
    }
    if (config.showsModel()) {
      turn.ask().model().name()
          .filter(HeaderText::isValue)
          .ifPresent(name -> context.response().headers()
              .set("X-Kong-LLM-Model", turn.ask().model().provider() + "/" + name));
    }
  }

  @Override
  public Buffer bodyFilter(RequestContext context, Buffer chunk, boolean last) {
    Optional<Turn> found = context.get(Turn.KEY);
    if (found.isEmpty() || found.get().stream().isEmpty()) {
      return chunk;
    }
    found.get().bit(context.elapsedMillis());
    if (last) {
      found.get().ended(context.timeline().ended());
    }
    return found.get().stream().get().more(chunk, last);
  }

  @Override
  public void log(RequestContext context) {
    context.get(Turn.KEY).ifPresent(turn -> log.write(context, turn));
  }
}
