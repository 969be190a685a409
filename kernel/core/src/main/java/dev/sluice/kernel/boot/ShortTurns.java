package dev.sluice.kernel.boot;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import dev.sluice.kernel.pipeline.Loop;
import io.vertx.core.WorkerExecutor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Linux for short turns on a processor. A thread that asks for less than the one that runs gets the processor as soon
 * as it wakes, where it would wait for the end of the other's turn of some milliseconds; its share stays the same.
 * Since Linux 6.12; older ones take no notice. Safe for all threads.
 */
final class ShortTurns {

  private static final Logger log = LoggerFactory.getLogger(ShortTurns.class);

  /** The shortest turn that Linux grants. */
  static final long NANOS = 100_000;

  /** Its layout is Linux's struct sched_attr, in its first form. */
  private static final int SIZE = 48;

  private static final int POLICY = 4;
  private static final int RUNTIME = 24;
  private static final int ORDINARY = 0;
  private static final int CALLER = 0;

  private final NativeLong read;
  private final NativeLong write;

  private ShortTurns(long read, long write) {
    this.read = new NativeLong(read);
    this.write = new NativeLong(write);
  }

  /** The C library's way to calls that it has no name for. */
  private static final class Libc {
    static {
      Native.register(Libc.class, Platform.C_LIBRARY_NAME);
    }

    private Libc() {}

    static native NativeLong syscall(NativeLong number, int thread, byte[] attributes, int size, int flags);
  }

  /**
   * Asks for all event loops, beside the first requests and not before them.
   *
   * @param folder where the library may unpack its native part
   */
  static void begin(WorkerExecutor pool, Path folder, List<Loop> loops) {
    pool.executeBlocking(() -> load(folder), false)
        .onSuccess(turns -> turns.ifPresent(each -> loops.forEach(loop -> loop.run(each::take))));
  }

  /**
   * The way to ask. Takes some tens of milliseconds, and blocks.
   *
   * @param folder where the library may unpack its native part
   * @return empty where the machine has no such calls, or does not let the library in
   */
  static Optional<ShortTurns> load(Path folder) {
    if (!Platform.isLinux() || !Platform.is64Bit() || !(Platform.isIntel() || Platform.isARM())) {
      return Optional.empty();
    }
    System.setProperty("jna.tmpdir", folder.toString());
    ShortTurns turns = Platform.isIntel() ? new ShortTurns(315, 314) : new ShortTurns(275, 274);
    try {
      return turns.current().isPresent() ? Optional.of(turns) : Optional.empty();
    } catch (LinkageError e) {
      log.info("event loops keep the usual turns: no native library can be loaded from {}: {}", folder, e.getMessage());
      return Optional.empty();
    }
  }

  private static ByteBuffer fields(byte[] attributes) {
    return ByteBuffer.wrap(attributes).order(ByteOrder.nativeOrder());
  }

  /** How the scheduler sees the current thread; empty when it does not tell. */
  private Optional<byte[]> current() {
    byte[] attributes = new byte[SIZE];
    boolean told = Libc.syscall(read, CALLER, attributes, SIZE, 0).longValue() == 0;
    return told ? Optional.of(attributes) : Optional.empty();
  }

  /** Asks for the current thread, unless somebody has given it a policy of its own. */
  void take() {
    current()
        .filter(attributes -> fields(attributes).getInt(POLICY) == ORDINARY)
        .ifPresent(attributes -> {
          // All else stays as it was read, its niceness too.
          fields(attributes).putLong(RUNTIME, NANOS);
          Libc.syscall(write, CALLER, attributes, 0, 0);
        });
  }

  /** The turns of the current thread, in nanoseconds; 0 where Linux does not tell. */
  long taken() {
    return current().map(attributes -> fields(attributes).getLong(RUNTIME)).orElse(0L);
  }
}
