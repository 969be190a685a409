package dev.sluice.kernel.accesslog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that lines are appended to, by a thread of its own. When that does not keep up, lines are dropped, counted and
 * spoken of: a full disk or a pipe that nobody reads must not hold up a request. Safe for all threads.
 *
 * <p>A file that has been moved away or deleted is made anew within a second, so that it can be rotated without a word
 * to the node.
 */
final class LogFile implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LogFile.class);

  /** Batches on their way; 16 MiB. */
  private static final int MOST = 256;

  /** Batches that are kept to be filled again; 1 MiB. */
  private static final int KEPT = 16;

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long CLOSE_MILLIS = 2000;

  private final String name;
  private final LinkedTransferQueue<Batch> full = new LinkedTransferQueue<>();
  private final ConcurrentLinkedQueue<Batch> empty = new ConcurrentLinkedQueue<>();
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;
  private volatile boolean reopen;
  private volatile boolean closed;
  private FileChannel channel;
  private Object key;
  private boolean failing;

  private LogFile(String name) {
    this.name = name;
    this.thread = new Thread(this::run, "sluice-access-log");
    thread.setDaemon(true);
  }

  /**
   * Opens a file; blocks.
   *
   * @param name a path, or {@code /dev/stdout} or {@code /dev/stderr}
   * @throws IOException when nothing can be written there
   */
  static LogFile open(String name) throws IOException {
    LogFile file = new LogFile(name);
    file.open();
    file.thread.start();
    return file;
  }

  private void open() throws IOException {
    channel = opened();
    key = key();
  }

  private FileChannel opened() throws IOException {
    if (standard()) {
      // By its name it could not be opened where it is a socket, as below systemd.
      FileDescriptor descriptor = name.equals("/dev/stdout") ? FileDescriptor.out : FileDescriptor.err;
      @SuppressWarnings("resource") // It is the process's, and stays open.
      FileOutputStream stream = new FileOutputStream(descriptor);
      return stream.getChannel();
    }
    Path path = Path.of(name);
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  private boolean standard() {
    return name.equals("/dev/stdout") || name.equals("/dev/stderr");
  }

  private Object key() {
    try {
      return standard() ? null : Files.readAttributes(Path.of(name), BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  /** An empty batch for lines of which the first has a size; null when too many are on their way. */
  Batch batch(int size) {
    Batch known = size <= Batch.SIZE ? empty.poll() : null;
    if (known != null) {
      return known;
    }
    if (made.incrementAndGet() > MOST) {
      made.decrementAndGet();
      return null;
    }
    return new Batch(Math.max(size, Batch.SIZE));
  }

  /** Has a batch written. It is the file's from now on. */
  void write(Batch batch) {
    full.add(batch);
  }

  /** Whether nothing waits to be written. */
  boolean idle() {
    return full.isEmpty();
  }

  void dropped(int lines) {
    dropped.addAndGet(lines);
  }

  /** Has the file opened anew, by its name. */
  void reopen() {
    reopen = true;
    wake();
  }

  private void wake() {
    made.incrementAndGet();
    full.add(new Batch(0));
  }

  private void run() {
    long looked = System.nanoTime();
    while (!closed || !full.isEmpty()) {
      Batch batch = next();
      long now = System.nanoTime();
      if (reopen || now - looked >= LOOK_NANOS) {
        looked = now;
        look();
      }
      if (batch != null) {
        write(batch.content(), batch.lines());
        recycle(batch);
      }
    }
    tellDropped();
  }

  private Batch next() {
    try {
      return full.poll(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // Nobody does that: who closes the file wakes this with an empty batch.
      return full.poll();
    }
  }

  private void recycle(Batch batch) {
    if (batch.reusable() && made.get() <= KEPT) {
      batch.clear();
      empty.add(batch);
    } else {
      made.decrementAndGet();
    }
  }

  private void tellDropped() {
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      log.warn("access log {}: {} lines were dropped, since they could not be written in time", name, lost);
    }
  }

  private void look() {
    tellDropped();
    if (reopen || failing || !standard() && (key == null || !key.equals(key()))) {
      reopen = false;
      again();
    }
  }

  private void again() {
    try {
      FileChannel before = channel;
      open();
      if (!standard()) {
        before.close();
      }
      failing = false;
    } catch (IOException e) {
      tell(e);
    }
  }

  private void write(ByteBuffer content, int lines) {
    try {
      while (content.hasRemaining()) {
        channel.write(content);
      }
    } catch (IOException e) {
      dropped(lines);
      tell(e);
    }
  }

  private void tell(IOException cause) {
    if (!failing) {
      failing = true;
      log.error("access log {} cannot be written: {}", name, cause.toString());
    }
  }

  /** Writes what waits, and closes the file; blocks for a moment at most. */
  @Override
  public void close() {
    closed = true;
    wake();
    try {
      thread.join(CLOSE_MILLIS);
      if (!thread.isAlive() && !standard()) {
        channel.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      tell(e);
    }
  }
}
