package dev.sluice.plugins.opentelemetry;

import io.opentelemetry.exporter.internal.marshal.CodedOutputStream;
import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.function.Supplier;

/**
 * The SDK's way to bytes. It keeps its buffer at the thread that it ran on, which would keep the classes of a retired
 * jar as long as that thread lives: whoever goes this way takes the buffer away again. Safe for all threads.
 */
final class Wire {

  private static final String BUFFER = "THREAD_LOCAL_CODED_OUTPUT_STREAM";

  private final Object buffer;
  private final Method remove;

  /** The SDK has no other way to it than this private field; that it is there, the tests of each version tell. */
  Wire() {
    try {
      Field field = CodedOutputStream.class.getDeclaredField(BUFFER);
      field.setAccessible(true);
      this.buffer = field.get(null);
      this.remove = field.getType().getMethod("remove");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the library keeps its buffers elsewhere now", e);
    }
  }

  /** The bytes of a message. */
  Buffer write(Supplier<Marshaler> message) {
    try {
      Marshaler made = message.get();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(made.getBinarySerializedSize());
      made.writeBinaryTo(bytes);
      return Buffer.buffer(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      leaveNothing();
    }
  }

  /** The length of a message of a kind that is written when it is made. */
  int length(Supplier<Marshaler> message) {
    try {
      return message.get().getBinarySerializedSize();
    } finally {
      leaveNothing();
    }
  }

  private void leaveNothing() {
    try {
      remove.invoke(buffer);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
