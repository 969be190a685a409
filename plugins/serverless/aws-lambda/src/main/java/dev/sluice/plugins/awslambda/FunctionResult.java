package dev.sluice.plugins.awslambda;

import dev.sluice.plugins.serverless.FunctionAnswer;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;

/** Makes an answer to a client of what a function has said. */
final class FunctionResult {

  private static final int LEAST = 200;
  private static final int MOST = 599;

  private FunctionResult() {}

  /** A function has not answered in the form that it should. */
  static final class FormException extends Exception {

    private static final long serialVersionUID = 1L;

    FormException(String message) {
      super(message);
    }
  }

  /** What the function has said is the body. */
  static FunctionAnswer plain(FunctionAnswer said, AwsLambdaConfig config) {
    boolean failed = "Unhandled".equals(said.headers().get("X-Amz-Function-Error"));
    int status = failed ? config.unhandledStatus().orElse(said.status()) : said.status();
    return new FunctionAnswer(
        status, said.headers(), config.legacyArrays() ? withoutEmptyArrays(said.body()) : said.body());
  }

  /** What the function has said holds status, headers and body. */
  static FunctionAnswer integrated(FunctionAnswer said) throws FormException {
    JsonObject json = object(said.body());
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(said.headers());
    headers.remove("Content-Length");
    headers(json, headers);
    Object body = json.getValue("body");
    if (body != null && !(body instanceof String)) {
      throw new FormException("body must be string");
    }
    String text = body == null ? "" : (String) body;
    return new FunctionAnswer(status(json), headers, bytes(json, text));
  }

  private static JsonObject object(Buffer body) throws FormException {
    try {
      if (Json.decodeValue(body) instanceof JsonObject json) {
        return json;
      }
    } catch (DecodeException e) {
      throw new FormException(e.getMessage());
    }
    throw new FormException("it is no object");
  }

  private static int status(JsonObject json) throws FormException {
    Object given = json.getValue("statusCode");
    if (given instanceof Number number && number.intValue() >= LEAST && number.intValue() <= MOST) {
      return number.intValue();
    }
    if (given instanceof String text && text.matches("[2-5]\\d\\d")) {
      return Integer.parseInt(text);
    }
    throw new FormException("statusCode validation failed");
  }

  private static void headers(JsonObject json, MultiMap to) throws FormException {
    if (json.getValue("headers") instanceof JsonObject single) {
      single.forEach(line -> to.set(line.getKey(), String.valueOf(line.getValue())));
    } else if (json.getValue("headers") != null) {
      throw new FormException("headers validation failed");
    }
    if (json.getValue("multiValueHeaders") instanceof JsonObject several) {
      several.forEach(line -> {
        if (line.getValue() instanceof JsonArray values) {
          to.set(line.getKey(), values.stream().map(String::valueOf).toList());
        }
      });
    } else if (json.getValue("multiValueHeaders") != null) {
      throw new FormException("multiValueHeaders validation failed");
    }
  }

  private static Buffer bytes(JsonObject json, String text) throws FormException {
    Object base64 = json.getValue("isBase64Encoded");
    if (base64 != null && !(base64 instanceof Boolean)) {
      throw new FormException("isBase64Encoded validation failed");
    }
    try {
      return Boolean.TRUE.equals(base64) ? Buffer.buffer(Base64.getDecoder().decode(text)) : Buffer.buffer(text);
    } catch (IllegalArgumentException e) {
      throw new FormException("the body is not in Base64");
    }
  }

  private static Buffer withoutEmptyArrays(Buffer body) {
    if (body.toString().indexOf('[') < 0) {
      return body;
    }
    try {
      return Json.encodeToBuffer(withoutEmptyArrays(Json.decodeValue(body)));
    } catch (DecodeException e) {
      return body;
    }
  }

  private static Object withoutEmptyArrays(Object value) {
    if (value instanceof JsonArray array) {
      JsonArray changed = new JsonArray();
      array.forEach(element -> changed.add(withoutEmptyArrays(element)));
      return array.isEmpty() ? new JsonObject() : changed;
    }
    if (value instanceof JsonObject object) {
      JsonObject changed = new JsonObject();
      object.forEach(entry -> changed.put(entry.getKey(), withoutEmptyArrays(entry.getValue())));
      return changed;
    }
    return value;
  }
}
