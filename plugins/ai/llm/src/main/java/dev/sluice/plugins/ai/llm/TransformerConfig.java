package dev.sluice.plugins.ai.llm;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Match;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a model rewrites what passes.
 *
 * @param prompt what it is told to do
 * @param pattern which part of its answer counts
 * @param timeoutMillis how long it may take
 * @param verify whether its provider's certificate is verified
 * @param maxBody the longest body that it is shown, in bytes
 * @param httpProxy on the way to providers without TLS
 * @param httpsProxy on the way to providers with TLS
 * @param llm the model
 */
public record TransformerConfig(
    String prompt,
    Optional<String> pattern,
    long timeoutMillis,
    boolean verify,
    int maxBody,
    Optional<Proxy> httpProxy,
    Optional<Proxy> httpsProxy,
    LlmConfig llm) {

  private static final String TYPE = "config.llm.route_type";
  private static final int TIMEOUT = 60_000;
  private static final int LIMIT = 8192;

  /**
   * An HTTP proxy.
   *
   * @param host its host
   * @param port its port
   */
  public record Proxy(String host, int port) {
    static Optional<Proxy> of(JsonObject config, String kind) {
      String host = config.getString(kind + "_proxy_host");
      Integer port = config.getInteger(kind + "_proxy_port");
      return host == null || port == null ? Optional.empty() : Optional.of(new Proxy(host, port));
    }
  }

  /**
   * Adds the fields to a schema.
   *
   * @param prompt describes the first of them
   * @param between a field that stands before the timeout, by its name
   */
  public static <C> ConfigSchema.Builder<C> schema(
      ConfigSchema.Builder<C> schema, String prompt, Map<String, Field> between) {
    Map<String, Field> fields = new LinkedHashMap<>();
    fields.put("prompt", Fields.string().required().describe(prompt));
    fields.put("transformation_extract_pattern", Fields.string()
        .optional()
        .describe("A regular expression; its first match in the model's answer is what counts."));
    fields.putAll(between);
    fields.put("http_timeout", Fields.integer()
        .required()
        .defaultTo(TIMEOUT)
        .describe("Milliseconds that the model may take."));
    fields.put("https_verify", Fields.bool()
        .required()
        .defaultTo(true)
        .describe("Whether the provider's certificate is verified."));
    fields.put("max_request_body_size", Fields.integer()
        .gt(0)
        .defaultTo(LIMIT)
        .describe("The longest body of a request, in bytes."));
    fields.put("http_proxy_host", Types.host());
    fields.put("http_proxy_port", Types.port());
    fields.put("https_proxy_host", Types.host());
    fields.put("https_proxy_port", Types.port());
    fields.put("llm", LlmSchema.record());
    fields.forEach(schema::field);
    return schema
        .check(Check.conditional(
            TYPE,
            Match.notOneOf("llm/v1/chat").lenMin(1),
            TYPE,
            Match.eq("llm/v1/chat"),
            "'config.llm.route_type' must be 'llm/v1/chat' for AI transformer plugins"))
        .check(Check.mutuallyRequired("config.http_proxy_host", "config.http_proxy_port"))
        .check(Check.mutuallyRequired("config.https_proxy_host", "config.https_proxy_port"));
  }

  /** Decodes a complete configuration. */
  public static TransformerConfig decode(JsonObject config) {
    Long limit = config.getLong("max_request_body_size");
    return new TransformerConfig(
        config.getString("prompt"),
        Optional.ofNullable(config.getString("transformation_extract_pattern")),
        config.getLong("http_timeout"),
        config.getBoolean("https_verify"),
        limit == null ? LIMIT : (int) Math.min(limit, Integer.MAX_VALUE),
        Proxy.of(config, "http"),
        Proxy.of(config, "https"),
        LlmConfig.decode(config.getJsonObject("llm")));
  }
}
