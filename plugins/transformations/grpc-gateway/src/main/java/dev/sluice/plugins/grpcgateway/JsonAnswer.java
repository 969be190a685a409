package dev.sluice.plugins.grpcgateway;

import dev.sluice.plugins.grpc.GrpcFrames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The answer to one call, on its event loop, as JSON. */
final class JsonAnswer {

  private final Mapping.Binding binding;
  private final GrpcFrames.Reader frames;
  private int status;

  JsonAnswer(Mapping.Binding binding, int longest) {
    this.binding = binding;
    this.frames = new GrpcFrames.Reader(longest);
  }

  /** Whether the method answers with any number of messages. */
  boolean streams() {
    return binding.method().isServerStreaming();
  }

  /** Says which status is given. */
  void give(int given) {
    status = given;
  }

  /** The status that is given; 0 while it is not known. */
  int status() {
    return status;
  }

  /** How a failure is told, in the form of google.rpc.Status. */
  static Buffer error(int code, String message) {
    return new JsonObject().put("code", code).put("message", message).put("details", new JsonArray()).toBuffer();
  }

  /** The one message of an answer. */
  Buffer one(Buffer body) {
    frames.add(body);
    return frames.next().map(frame -> Buffer.buffer(json(frame.payload()))).orElseGet(() -> Buffer.buffer("{}"));
  }

  /** The messages that have arrived, each on a line. */
  Buffer lines(Buffer chunk) {
    Buffer lines = Buffer.buffer();
    frames.add(chunk);
    for (Optional<GrpcFrames.Frame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
      lines.appendString(json(frame.get().payload())).appendString("\n");
    }
    return lines;
  }

  private String json(Buffer message) {
    String text = binding.schema().toJson(binding.method().getOutputType(), message);
    return binding.responseBody().isEmpty()
        ? text
        : Json.encode(new JsonObject(text).getValue(binding.responseBody()));
  }
}
