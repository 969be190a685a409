package dev.sluice.plugins.grpc;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GrpcFramesTest {

  @Test
  void framesAreFoundHoweverTheyArrive() {
    Buffer all =
        Buffer.buffer()
            .appendBuffer(GrpcFrames.frame(0, Buffer.buffer("first")))
            .appendBuffer(GrpcFrames.frame(1, Buffer.buffer()))
            .appendBuffer(GrpcFrames.frame(GrpcFrames.TRAILERS, Buffer.buffer("grpc-status:0\r\n")));
    for (int size = 1; size <= all.length(); size++) {
      GrpcFrames.Reader reader = new GrpcFrames.Reader(100);
      List<String> found = new ArrayList<>();
      for (int at = 0; at < all.length(); at += size) {
        reader.add(all.getBuffer(at, Math.min(all.length(), at + size)));
        for (Optional<GrpcFrames.Frame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
          found.add(frame.get().flags() + ":" + frame.get().payload());
        }
      }
      assertThat(found).containsExactly("0:first", "1:", "128:grpc-status:0\r\n");
      assertThat(reader.empty()).isTrue();
    }
  }

  @Test
  void aMessageThatIsTooLongIsRefusedBeforeItArrives() {
    GrpcFrames.Reader reader = new GrpcFrames.Reader(3);
    reader.add(Buffer.buffer(new byte[] {0, (byte) 0xff, 0, 0, 0}));
    assertThatThrownBy(reader::next).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("4278190080");
  }

  @Test
  void whatIsLeftOverIsKnown() {
    GrpcFrames.Reader reader = new GrpcFrames.Reader(9);
    reader.add(Buffer.buffer(new byte[] {0, 0, 0, 0, 2, 'x'}));
    assertThat(reader.next()).isEmpty();
    assertThat(reader.empty()).isFalse();
  }
}
