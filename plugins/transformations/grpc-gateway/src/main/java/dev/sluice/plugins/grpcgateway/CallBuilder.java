package dev.sluice.plugins.grpcgateway;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.sluice.plugins.grpc.GrpcFrames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the message of a call together out of the path, the query and the body of a request. */
final class CallBuilder {

  private CallBuilder() {}

  /**
   * The message in its frame.
   *
   * @throws IllegalArgumentException when the parts make no such message, saying why
   */
  static Buffer build(Mapping.Found found, Map<String, List<String>> query, Buffer body) {
    Mapping.Binding binding = found.binding();
    Descriptor type = binding.method().getInputType();
    JsonObject message = new JsonObject();
    if (binding.body().equals("*")) {
      message = object(body);
    } else if (!binding.body().isEmpty()) {
      message.put(binding.body(), json(body));
    }
    if (!binding.body().equals("*")) {
      for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
        put(message, type, parameter.getKey(), parameter.getValue());
      }
    }
    for (Map.Entry<String, String> field : found.fields().entrySet()) {
      put(message, type, field.getKey(), List.of(field.getValue()));
    }
    return GrpcFrames.frame(0, binding.schema().fromJson(type, message.encode()));
  }

  private static JsonObject object(Buffer body) {
    if (json(body) instanceof JsonObject object) {
      return object;
    }
    throw new IllegalArgumentException("the body is no JSON object");
  }

  private static Object json(Buffer body) {
    try {
      return body.length() == 0 ? new JsonObject() : Json.decodeValue(body);
    } catch (DecodeException e) {
      throw new IllegalArgumentException("the body is no JSON", e);
    }
  }

  /** Puts a field whose name may lead into messages within; what the type does not know is left out. */
  private static void put(JsonObject message, Descriptor type, String name, List<String> values) {
    int dot = name.indexOf('.');
    String first = dot < 0 ? name : name.substring(0, dot);
    Optional<FieldDescriptor> known = field(type, first);
    if (known.isEmpty() || values.isEmpty()) {
      return;
    }
    FieldDescriptor field = known.get();
    if (dot < 0) {
      boolean many = field.isRepeated() && !field.isMapField();
      message.put(field.getName(), many ? new JsonArray(values) : values.get(values.size() - 1));
    } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated()) {
      JsonObject within = message.getValue(field.getName()) instanceof JsonObject there ? there : new JsonObject();
      message.put(field.getName(), within);
      put(within, field.getMessageType(), name.substring(dot + 1), values);
    }
  }

  private static Optional<FieldDescriptor> field(Descriptor type, String name) {
    FieldDescriptor field = type.findFieldByName(name);
    return field != null
        ? Optional.of(field)
        : type.getFields().stream().filter(each -> each.getJsonName().equals(name)).findFirst();
  }
}
