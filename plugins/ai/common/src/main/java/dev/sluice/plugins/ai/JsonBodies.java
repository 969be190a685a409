package dev.sluice.plugins.ai;

import dev.sluice.api.request.Answer;
import dev.sluice.api.request.BodyTooLargeException;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** JSON bodies of requests, and answers to those that are none. */
public final class JsonBodies {

  /** What is said of a body that is no JSON, or too long. */
  public static final String NO_JSON = "this LLM route only supports application/json requests";

  /** The name of the setting that bounds a body. */
  public static final String LIMIT = "max_request_body_size";

  private static final int DEFAULT_LIMIT = 8192;
  private static final int BAD_REQUEST = 400;

  private JsonBodies() {}

  /** The description of the setting that bounds a body. */
  public static Field limitField() {
    return Fields.integer().gt(0).defaultTo(DEFAULT_LIMIT).describe("The longest body that is looked at, in bytes.");
  }

  /** The bound that a configuration sets. */
  public static int limit(JsonObject config) {
    Long limit = config.getLong(LIMIT);
    return limit == null ? DEFAULT_LIMIT : (int) Math.min(limit, Integer.MAX_VALUE);
  }

  /**
   * Reads the body of a request, whatever its Content-Type.
   *
   * @return empty when there is none, or it is longer than the limit
   */
  public static Future<Optional<Buffer>> bytes(RequestContext context, int limit) {
    if (!context.request().hasBody()) {
      return Future.succeededFuture(Optional.empty());
    }
    return context.request().body(limit).map(Optional::of).recover(failure ->
        failure instanceof BodyTooLargeException
            ? Future.succeededFuture(Optional.empty())
            : Future.failedFuture(failure));
  }

  /** The object that some bytes hold: that of a list has no fields. Empty when they hold neither. */
  public static Optional<JsonObject> object(Buffer bytes) {
    try {
      Object value = Json.decodeValue(bytes);
      if (value instanceof JsonObject object) {
        return Optional.of(object);
      }
      return value instanceof JsonArray ? Optional.of(new JsonObject()) : Optional.empty();
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  /** Reads the JSON object that a request carries; empty when it carries none, or a longer one. */
  public static Future<Optional<JsonObject>> read(RequestContext context, int limit) {
    return bytes(context, limit).map(bytes -> bytes.flatMap(JsonBodies::object));
  }

  /** Sends an object upstream in the place of the body. */
  public static void replace(RequestContext context, JsonObject body) {
    context.upstreamRequest().headers().set("Content-Type", "application/json");
    context.upstreamRequest().body(body.toBuffer());
  }

  /** Refuses a request in the form of the LLM APIs. */
  public static void refuse(RequestContext context, String message) {
    context.answer(error(BAD_REQUEST, message));
  }

  /** An answer in the form of the LLM APIs. */
  public static Answer error(int status, String message) {
    return Answer.json(status, new JsonObject().put("error", new JsonObject().put("message", message)));
  }
}
