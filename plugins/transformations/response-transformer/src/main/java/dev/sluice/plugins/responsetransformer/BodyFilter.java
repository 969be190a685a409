package dev.sluice.plugins.responsetransformer;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.ContextKey;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.responsetransformer.TransformerConfig.Edits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Changes headers, and the fields at the top of JSON objects. What is not JSON, or is too long, passes as it is. */
record BodyFilter(HeaderFilter headers, Edits edits) implements Filter.Header, Filter.Body {

  private static final ContextKey<Collected> COLLECTED = ContextKey.of("response-transformer body", Collected.class);
  private static final int MAX_BODY = 8 * 1024 * 1024;

  /** The body so far; null from when it is too long. */
  private static final class Collected {
    private Buffer body = Buffer.buffer();
  }

  @Override
  public void headerFilter(RequestContext context) {
    headers.headerFilter(context);
    Optional<String> contentType = context.response().headers().get("Content-Type");
    if (contentType.filter(type -> type.toLowerCase(Locale.ROOT).contains("application/json")).isPresent()
        && !context.request().method().equals("HEAD")) {
      context.response().headers().remove("Content-Length");
      context.put(COLLECTED, new Collected());
    }
  }

  @Override
  public Buffer bodyFilter(RequestContext context, Buffer chunk, boolean last) {
    Collected collected = context.get(COLLECTED).orElse(null);
    if (collected == null || collected.body == null) {
      return chunk;
    }
    collected.body.appendBuffer(chunk);
    if (!last && collected.body.length() <= MAX_BODY) {
      return Buffer.buffer();
    }
    Buffer whole = collected.body;
    collected.body = null;
    return last && whole.length() <= MAX_BODY ? changed(whole) : whole;
  }

  private Buffer changed(Buffer body) {
    if (body.length() == 0) {
      return body;
    }
    try {
      return Json.decodeValue(body) instanceof JsonObject object ? change(object).toBuffer() : body;
    } catch (DecodeException notJson) {
      return body;
    }
  }

  private JsonObject change(JsonObject object) {
    edits.remove().forEach(object::remove);
    for (Map.Entry<String, String> pair : edits.rename()) {
      if (object.containsKey(pair.getKey())) {
        object.put(pair.getValue(), object.remove(pair.getKey()));
      }
    }
    for (Map.Entry<String, Object> pair : edits.replace()) {
      if (object.containsKey(pair.getKey())) {
        object.put(pair.getKey(), pair.getValue());
      }
    }
    edits.add().forEach(pair -> {
      if (!object.containsKey(pair.getKey())) {
        object.put(pair.getKey(), pair.getValue());
      }
    });
    edits.append().forEach(pair -> object.put(pair.getKey(), appended(object.getValue(pair.getKey()), pair.getValue())));
    return object;
  }

  /** A text becomes a list of two, a list grows; anything else gives way to a list of one. */
  private static JsonArray appended(Object known, Object value) {
    if (known instanceof JsonArray list) {
      return list.add(value);
    }
    return new JsonArray(known instanceof String ? List.of(known, value) : List.of(value));
  }
}
