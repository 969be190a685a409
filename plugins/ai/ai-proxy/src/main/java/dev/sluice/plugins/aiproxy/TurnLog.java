package dev.sluice.plugins.aiproxy;

import dev.sluice.api.request.LogFields;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.ai.llm.Costs;
import dev.sluice.plugins.ai.llm.LlmConfig;
import dev.sluice.plugins.ai.llm.Usage;
import io.vertx.core.json.JsonObject;

/** What loggers are told of a request to a model, and what they are not. */
final class TurnLog {

  private static final String HIDDEN = "REDACTED";
  private static final double NANOS = 1_000_000;
  private static final int OK = 200;

  private final LlmConfig config;
  private final String id;

  /**
   * For a configuration.
   *
   * @param id that of the plugin's entity
   */
  TurnLog(LlmConfig config, String id) {
    this.config = config;
    this.id = id;
  }

  /** Whether answers have to be read for the log alone. */
  boolean reads() {
    return config.statistics() || config.payloads();
  }

  void write(RequestContext context, Turn turn) {
    // Loggers see the headers that went upstream: those with what is secret are covered.
    turn.call().secrets().forEach(name -> LogFields.put(context, "request.headers." + name, HIDDEN));
    LogFields.put(context, "upstream_uri", turn.call().shown());
    if (context.upstreamResponse().status() != OK) {
      return;
    }
    long millis = latency(context, turn);
    if (config.statistics()) {
      LogFields.put(context, "ai.proxy.meta", meta(turn, millis));
      turn.usage().ifPresent(usage -> LogFields.put(context, "ai.proxy.usage", usage(turn, usage, millis)));
    }
    if (config.payloads()) {
      LogFields.put(context, "ai.proxy.payload.request", turn.ask().body().encode());
      LogFields.put(context, "ai.proxy.payload.response", turn.answer());
    }
  }

  private static long latency(RequestContext context, Turn turn) {
    long sent = context.timeline().sentUpstream();
    long ended = turn.endedNanos() < 0 ? context.timeline().ended() : turn.endedNanos();
    return sent < 0 ? 0 : Math.round((ended - sent) / NANOS);
  }

  private JsonObject meta(Turn turn, long millis) {
    return new JsonObject()
        .put("plugin_id", id)
        .put("provider_name", turn.ask().model().provider())
        .put("request_model", turn.ask().model().name().orElse("UNSPECIFIED"))
        .put("response_model", turn.model().isEmpty() ? "UNSPECIFIED" : turn.model())
        .put("request_mode", turn.ask().stream() ? "stream" : "oneshot")
        .put("llm_latency", millis);
  }

  private JsonObject usage(Turn turn, Usage usage, long millis) {
    JsonObject json = new JsonObject()
        .put("prompt_tokens", usage.prompt())
        .put("completion_tokens", usage.completion())
        .put("total_tokens", usage.total())
        .put("time_per_token", usage.completion() == 0 ? 0 : (double) millis / usage.completion())
        .put("cost", Costs.of(config.model(), usage));
    if (turn.firstBitMillis() >= 0) {
      json.put("time_to_first_token", turn.firstBitMillis());
    }
    return json;
  }
}
