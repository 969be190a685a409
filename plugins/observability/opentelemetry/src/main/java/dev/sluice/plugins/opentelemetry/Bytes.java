package dev.sluice.plugins.opentelemetry;

import com.google.protobuf.ByteString;
import dev.sluice.plugins.tracing.TraceId;
import java.nio.ByteBuffer;

/** Identifiers in OpenTelemetry's form. */
final class Bytes {

  private Bytes() {}

  /** Sixteen bytes, of whatever length the identifier is. */
  static ByteString of(TraceId id) {
    return ByteString.copyFrom(
        ByteBuffer.allocate(2 * Long.BYTES).putLong(id.high()).putLong(id.low()).array());
  }

  /** Eight bytes; none for 0. */
  static ByteString of(long span) {
    return span == 0 ? ByteString.EMPTY : ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(span).array());
  }
}
