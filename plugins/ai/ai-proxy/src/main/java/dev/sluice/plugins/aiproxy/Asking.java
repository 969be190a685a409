package dev.sluice.plugins.aiproxy;

import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.UpstreamRequest;
import dev.sluice.plugins.ai.ChatMessage;
import dev.sluice.plugins.ai.JsonBodies;
import dev.sluice.plugins.ai.LlmFormat;
import dev.sluice.plugins.ai.llm.Ask;
import dev.sluice.plugins.ai.llm.Call;
import dev.sluice.plugins.ai.llm.Client;
import dev.sluice.plugins.ai.llm.Llm;
import dev.sluice.plugins.ai.llm.LlmException;
import dev.sluice.plugins.ai.llm.Model;
import dev.sluice.plugins.ai.llm.RouteType;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a client's request into one to the provider. */
final class Asking {

  private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
  private static final String NO_JSON = "content-type header does not match request body, or bad JSON formatting";
  private static final int FAILED = 500;

  private final AiProxyConfig config;
  private final Llm verified;
  private final Llm unverified;

  /**
   * For a configuration.
   *
   * @param unverified the same model, for services that say that certificates are not to be verified
   */
  Asking(AiProxyConfig config, Llm verified, Llm unverified) {
    this.config = config;
    this.verified = verified;
    this.unverified = unverified;
  }

  Llm llm() {
    return verified;
  }

  /** What a body asks, and whether it goes on as it is. */
  private record Question(Ask ask, Optional<Buffer> asItIs, boolean translates) {}

  Future<Void> ask(RequestContext context) {
    return JsonBodies.bytes(context, config.maxBody())
        .compose(bytes -> {
          Question question = question(context, bytes);
          return llm(context)
              .call(question.ask(), question.asItIs(), Client.of(context))
              .map(call -> send(context, question, call));
        })
        .recover(failure -> {
          if (!(failure instanceof LlmException)) {
            LOG.error("request {}: the model cannot be asked: {}", context.id(), String.valueOf(failure.getMessage()));
            context.answer(JsonBodies.error(FAILED, "LLM request failed before proxying"));
          } else {
            JsonBodies.refuse(context, failure.getMessage());
          }
          return Future.succeededFuture();
        });
  }

  private Llm llm(RequestContext context) {
    boolean unsafe = context.match()
        .flatMap(match -> match.definition().service())
        .flatMap(service -> service.tls().verify())
        .filter(verifies -> !verifies)
        .isPresent();
    return unsafe ? unverified : verified;
  }

  private Question question(RequestContext context, Optional<Buffer> bytes) {
    RouteType type = config.llm().type();
    Optional<JsonObject> json = bytes.flatMap(JsonBodies::object);
    if (type == RouteType.PRESERVE) {
      JsonObject body = json.orElse(new JsonObject());
      Model model = model(context, body, false);
      // A body that is too long to be looked at streams by.
      return new Question(new Ask(type, model, streams(body), body), Optional.of(bytes.orElse(Buffer.buffer())), false);
    }
    JsonObject body = json.orElseThrow(() -> new LlmException(NO_JSON));
    if (config.format() != LlmFormat.OPENAI) {
      return nativeQuestion(context, body, bytes.orElseThrow());
    }
    requirePrompts(body, type);
    Model model = model(context, body, true);
    return new Question(new Ask(type, model, streams(body), body), Optional.empty(), true);
  }

  /** In the provider's own words; the path tells the model, and whether the answer comes bit by bit. */
  private Question nativeQuestion(RequestContext context, JsonObject body, Buffer bytes) {
    String path = context.upstreamRequest().path();
    boolean gemini = config.format() == LlmFormat.GEMINI;
    boolean asked = path.endsWith(gemini ? ":streamGenerateContent" : "/converse-stream");
    if (!config.format().isChat(body)) {
      throw new LlmException("request body doesn't contain valid prompts");
    }
    Model model = verified.templates().fill(context);
    if (model.name().isEmpty()) {
      model = model.named(NativePaths.model(path, gemini).orElseThrow(() ->
          new LlmException("model parameter not found in request, nor in gateway configuration")));
    }
    return new Question(new Ask(RouteType.CHAT, model, streams(asked), body), Optional.of(bytes), false);
  }

  private static void requirePrompts(JsonObject body, RouteType type) {
    boolean chat = body.getValue("messages") instanceof JsonArray messages && !messages.isEmpty();
    boolean completions = body.getValue("prompt") instanceof String;
    if (!chat && !completions) {
      throw new LlmException("request body doesn't contain valid prompts");
    } else if (chat && completions) {
      throw new LlmException("request matches multiple LLM request formats");
    }
    RouteType given = chat ? RouteType.CHAT : RouteType.COMPLETIONS;
    if (given != type) {
      throw new LlmException(
          "[" + given.wire() + "] message format is not compatible with [" + type.wire() + "] route type");
    }
  }

  /** The model that is configured, or else that of the client, who may not ask for another one. */
  private Model model(RequestContext context, JsonObject body, boolean required) {
    Model model = verified.templates().fill(context);
    String wanted = body.getValue("model") instanceof String name && !name.isEmpty() ? name : "";
    if (model.name().isPresent()) {
      if (!wanted.isEmpty() && !wanted.equals(model.name().get())) {
        throw new LlmException("cannot use own model - must be: " + model.name().get());
      }
      return model;
    }
    if (wanted.isEmpty() && required) {
      throw new LlmException("model parameter not found in request, nor in gateway configuration");
    }
    return wanted.isEmpty() ? model : model.named(wanted);
  }

  private boolean streams(JsonObject body) {
    return streams(Boolean.TRUE.equals(body.getValue("stream")));
  }

  private boolean streams(boolean asked) {
    if (asked && config.streaming().equals(AiProxyConfig.DENY)) {
      throw new LlmException("response streaming is not enabled for this LLM");
    }
    return asked || config.streaming().equals(AiProxyConfig.ALWAYS);
  }

  private Void send(RequestContext context, Question question, Call call) {
    UpstreamRequest request = context.upstreamRequest();
    if (question.ask().type() != RouteType.PRESERVE) {
      request.method("POST");
    }
    if (call.body().length() > 0) {
      request.body(call.body());
    }
    // Answers are read: none may come in a form that only the client knows.
    request.headers().set("Accept-Encoding", "identity");
    call.headers().forEach((name, value) -> request.headers().set(name, value));
    request.origin(call.origin()).path(call.path()).query(call.query());
    context.put(Turn.KEY, new Turn(question.ask(), call, question.translates(), characters(question)));
    return null;
  }

  /** How much was said; counted only where it may have to be estimated what that has cost. */
  private long characters(Question question) {
    if (!question.ask().stream() || !question.translates()) {
      return 0;
    }
    JsonObject body = question.ask().body();
    long said = body.getValue("prompt") instanceof String prompt ? prompt.length() : 0;
    for (ChatMessage message : LlmFormat.OPENAI.messages(body)) {
      said += message.text().length();
    }
    return said;
  }
}
