package dev.sluice.plugins.grpcweb;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.sluice.api.request.Headers;
import dev.sluice.api.request.UpstreamResponse;
import dev.sluice.plugins.grpc.GrpcFrames;
import dev.sluice.plugins.grpc.ProtoSchema;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** One call, on its event loop: turns the client's form into gRPC and the answer into the client's form. */
final class WebCall {

  /** Far above what gRPC itself allows by default, which is 4 MiB. */
  static final int LONGEST = 64 << 20;

  private final WebForm form;
  private final Optional<Json> json;
  private final GrpcFrames.Reader answer = new GrpcFrames.Reader(LONGEST);
  private boolean framed = true;

  /** How the messages of a call are written as JSON. */
  record Json(ProtoSchema schema, MethodDescriptor method) {}

  WebCall(WebForm form, Optional<Json> json) {
    this.form = form;
    this.json = json;
  }

  String contentType() {
    return form.contentType();
  }

  /**
   * The body of the request as gRPC has it.
   *
   * @throws IllegalArgumentException when it is not what it says
   */
  Buffer request(Buffer body) {
    Buffer decoded = form.text() ? Base64Pieces.decode(body) : body;
    if (json.isEmpty()) {
      return decoded;
    }
    GrpcFrames.Reader frames = new GrpcFrames.Reader(LONGEST);
    // A text of JSON does not begin with a zero, which is how a frame begins.
    framed = decoded.length() > 0 && decoded.getByte(0) == 0;
    if (!framed) {
      return GrpcFrames.frame(0, message(decoded));
    }
    Buffer all = Buffer.buffer();
    frames.add(decoded);
    for (Optional<GrpcFrames.Frame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
      all.appendBuffer(GrpcFrames.frame(frame.get().flags(), message(frame.get().payload())));
    }
    if (!frames.empty()) {
      throw new IllegalArgumentException("the last message is not complete");
    }
    return all;
  }

  private Buffer message(Buffer text) {
    Json form = json.orElseThrow();
    return form.schema().fromJson(form.method().getInputType(), text.toString());
  }

  /** A part of the answer as the client wants it. */
  Buffer answer(Buffer chunk, boolean last, UpstreamResponse response) {
    Buffer part = json.isPresent() ? messages(chunk) : chunk;
    if (last && framed) {
      part = Buffer.buffer().appendBuffer(part).appendBuffer(trailers(response));
    }
    return form.text() && part.length() > 0 ? Base64Pieces.encode(part) : part;
  }

  private Buffer messages(Buffer chunk) {
    Json form = json.orElseThrow();
    Buffer all = Buffer.buffer();
    answer.add(chunk);
    for (Optional<GrpcFrames.Frame> frame = answer.next(); frame.isPresent(); frame = answer.next()) {
      String text = form.schema().toJson(form.method().getOutputType(), frame.get().payload());
      Buffer message = Buffer.buffer(text);
      all.appendBuffer(framed ? GrpcFrames.frame(0, message) : message);
    }
    return all;
  }

  /** What ends an answer of gRPC-Web: the trailers, which browsers do not show, in a frame. */
  private static Buffer trailers(UpstreamResponse response) {
    StringBuilder lines = new StringBuilder();
    Headers from = response.trailers().contains("grpc-status") ? response.trailers() : response.headers();
    boolean all = response.trailers().contains("grpc-status");
    from.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (all || lower.startsWith("grpc-")) {
            lines.append(lower).append(':').append(value).append("\r\n");
          }
        });
    return GrpcFrames.frame(
        GrpcFrames.TRAILERS, Buffer.buffer(lines.toString().getBytes(StandardCharsets.ISO_8859_1)));
  }
}
