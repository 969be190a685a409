package dev.sluice.plugins.ai.llm;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.api.request.LogFields;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.serverless.FunctionAnswer;
import dev.sluice.plugins.serverless.FunctionClient.Way;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Has a model rewrite texts. Safe for all threads. */
public final class Transformation {

  private static final int KEEPALIVE = 60_000;
  private static final int REFUSED = 300;
  private static final long QUICK = 65_536;

  private final TransformerConfig config;
  private final Llm llm;
  private final Llm.Lent lent;
  private final Optional<Pattern> pattern;

  /**
   * That of a configuration.
   *
   * @throws IllegalArgumentException when it cannot be served
   */
  public Transformation(TransformerConfig config, Llm.Lent lent) {
    this.config = config;
    this.lent = lent;
    this.llm = Llm.of(config.llm(), lent, config.verify());
    this.pattern = config.pattern().map(Transformation::compile);
  }

  private static Pattern compile(String pattern) {
    try {
      return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "transformation_extract_pattern is no regular expression that runs in linear time: " + e.getMessage(), e);
    }
  }

  /**
   * What the model makes of a text. The result arrives where this was called.
   *
   * @param name under which its use is logged
   * @return fails with {@link LlmException} when it makes nothing of it
   */
  public Future<String> of(RequestContext context, String name, String text) {
    Ask ask;
    try {
      ask = ask(llm.templates().fill(context), text);
    } catch (LlmException e) {
      return Future.failedFuture(e);
    }
    long began = System.nanoTime();
    return llm.call(ask, Optional.empty(), Client.NONE)
        .compose(this::send)
        .recover(failure -> Future.failedFuture(new LlmException(
            "failed to introspect request with AI service: " + failure.getMessage())))
        .map(said -> {
          JsonObject answer = answer(said, ask);
          log(context, name, ask, answer, System.nanoTime() - began);
          return content(answer);
        })
        .compose(this::extract);
  }

  private Ask ask(Model model, String text) {
    JsonArray messages = new JsonArray()
        .add(new JsonObject().put("role", "system").put("content", config.prompt()))
        .add(new JsonObject().put("role", "user").put("content", text));
    return new Ask(RouteType.CHAT, model, false, new JsonObject().put("messages", messages).put("stream", false));
  }

  private Future<Buffer> send(Call call) {
    RequestOptions request = new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost(call.origin().host())
        .setPort(call.origin().port())
        .setSsl(call.origin().secure())
        .setURI(call.target())
        .setTimeout(Math.max(1, config.timeoutMillis()));
    call.headers().forEach(request::putHeader);
    return lent.client().send(way(call), request, call.body())
        .recover(failure -> Future.failedFuture("request to ai service failed: " + shown(failure, call)))
        .compose(Transformation::successful);
  }

  /** What a client may be told: Vert.x quotes the address, of which a part may be secret. */
  private static String shown(Throwable failure, Call call) {
    return String.valueOf(failure.getMessage()).replace(call.target(), call.shown());
  }

  private Way way(Call call) {
    return (call.origin().secure() ? config.httpsProxy() : config.httpProxy())
        .map(proxy -> Way.over(proxy.host(), proxy.port(), config.verify(), KEEPALIVE))
        .orElseGet(() -> Way.direct(config.verify(), KEEPALIVE));
  }

  private static Future<Buffer> successful(FunctionAnswer said) {
    return said.status() < REFUSED
        ? Future.succeededFuture(said.body())
        : Future.failedFuture("status code " + said.status());
  }

  private JsonObject answer(Buffer said, Ask ask) {
    try {
      return llm.answer(said, ask);
    } catch (LlmException e) {
      throw new LlmException("failed to convert AI response to Kong format: " + e.getMessage());
    }
  }

  private static String content(JsonObject answer) {
    return Pick.text(Pick.object(Pick.first(answer, "choices"), "message"), "content")
        .orElseThrow(() -> new LlmException("no 'choices' in upstream AI service response"));
  }

  private Future<String> extract(String content) {
    if (pattern.isEmpty()) {
      return Future.succeededFuture(content);
    }
    return content.length() <= QUICK
        ? Future.succeededFuture(match(content))
        : lent.blocking(() -> match(content));
  }

  private String match(String content) {
    Matcher matcher = pattern.orElseThrow().matcher(content);
    if (!matcher.find()) {
      throw new LlmException("AI response did not match specified regular expression");
    }
    return matcher.group();
  }

  private void log(RequestContext context, String name, Ask ask, JsonObject answer, long nanos) {
    Usage usage = Llm.usage(answer);
    String path = "ai." + name + ".";
    if (llm.config().statistics()) {
      LogFields.put(context, path + "meta", new JsonObject()
          .put("provider_name", ask.model().provider())
          .put("request_model", ask.model().known())
          .put("response_model", Pick.text(answer, "model").orElse(ask.model().known()))
          .put("llm_latency", nanos / 1_000_000));
      LogFields.put(context, path + "usage", usage.toJson().put("cost", Costs.of(llm.config().model(), usage)));
    }
    if (llm.config().payloads()) {
      LogFields.put(context, path + "payload", new JsonObject()
          .put("request", ask.body().encode())
          .put("response", answer.encode()));
    }
  }
}
