package dev.sluice.plugins.httplog;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.StringField;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.logging.CustomFields;
import dev.sluice.plugins.logging.HttpSender;
import dev.sluice.plugins.logging.HttpTarget;
import dev.sluice.plugins.logging.OldQueueFields;
import dev.sluice.plugins.logging.QueueSettings;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;

/**
 * The configuration.
 *
 * @param way how to send
 * @param queue how entries wait
 * @param fields what is added to entries
 */
record HttpLogConfig(HttpSender.Way way, QueueSettings queue, CustomFields fields) {

  private static final String JSON = "application/json";
  private static final int TIMEOUT = 10_000;
  private static final int KEEPALIVE = 60_000;

  static final ConfigSchema<HttpLogConfig> SCHEMA = OldQueueFields.add("http-log", ConfigSchema.of(HttpLogConfig::decode)
      .protocols(Types.protocols())
      .field("http_endpoint", Types.url()
          .required()
          .encrypted()
          .referenceable()
          .describe("The URL that entries are sent to; user and password in it become a header."))
      .field("method", Fields.string()
          .defaultTo("POST")
          .oneOf("POST", "PUT", "PATCH")
          .describe("The method of the requests."))
      .field("content_type", Fields.string()
          .defaultTo(JSON)
          .oneOf(JSON, "application/json; charset=utf-8")
          .describe("The content type of the requests."))
      .field("timeout", Fields.number()
          .defaultTo(TIMEOUT)
          .describe("Milliseconds after which a request has failed."))
      .field("keepalive", Fields.number()
          .defaultTo(KEEPALIVE)
          .describe("Milliseconds after which an idle connection is closed.")))
      .field("headers", Fields.map(headerName(), Fields.string().referenceable())
          .describe("Further headers of the requests."))
      .field("queue", QueueSettings.field())
      .field(CustomFields.NAME, CustomFields.field())
      .build();

  private static StringField headerName() {
    return Fields.string()
        .matchNone("^[Hh][Oo][Ss][Tt]$", "cannot contain 'Host' header")
        .matchNone(
            "^[Cc][Oo][Nn][Tt][Ee][Nn][Tt]%-[Ll][Ee][nn][Gg][Tt][Hh]$", "cannot contain 'Content-Length' header")
        .matchNone("^[Cc][Oo][Nn][Tt][Ee][Nn][Tt]%-[Tt][Yy][Pp][Ee]$", "cannot contain 'Content-Type' header");
  }

  private static HttpLogConfig decode(JsonObject config) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    JsonObject given = config.getJsonObject("headers", new JsonObject());
    if (given != null) {
      given.fieldNames().forEach(name -> headers.set(name, String.valueOf(given.getValue(name))));
    }
    headers.set("Content-Type", config.getString("content_type") == null ? JSON : config.getString("content_type"));
    HttpSender.Way way = new HttpSender.Way(
        config.getString("method") == null ? "POST" : config.getString("method"),
        HttpTarget.of(config.getString("http_endpoint")),
        headers,
        number(config, "timeout", TIMEOUT),
        number(config, "keepalive", KEEPALIVE));
    return new HttpLogConfig(way, QueueSettings.of(config), CustomFields.of(config));
  }

  private static double number(JsonObject config, String field, double fallback) {
    Double value = config.getDouble(field);
    return value == null ? fallback : value;
  }
}
