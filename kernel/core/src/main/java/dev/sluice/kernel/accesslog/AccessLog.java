package dev.sluice.kernel.accesslog;

/**
 * Writes lines in one format to one file, for one event loop and on it. A line costs no allocation: it is put together
 * in place and copied into a batch, which goes to the thread of the file when it is full, or when that has nothing to
 * do.
 *
 * @param <T> what lines are written of
 */
public final class AccessLog<T> {

  private final LogFormat<T> format;
  private final LogFile file;
  private final Line line = new Line();
  private final boolean wantsHead;
  private final boolean wantsAttempts;
  private Batch batch;

  private AccessLog(LogFormat<T> format, LogFile file) {
    this.format = format;
    this.file = file;
    this.wantsHead = format != null && format.uses("request_length");
    this.wantsAttempts = format != null && format.uses("upstream_");
  }

  /** One that writes nothing. */
  public static <T> AccessLog<T> off() {
    return new AccessLog<>(null, null);
  }

  static <T> AccessLog<T> of(LogFormat<T> format, LogFile file) {
    return new AccessLog<>(format, file);
  }

  /** Whether lines are written. */
  public boolean on() {
    return format != null;
  }

  /** Whether lines say how long requests are. */
  public boolean wantsHead() {
    return wantsHead;
  }

  /** Whether lines say whom requests were sent to. */
  public boolean wantsAttempts() {
    return wantsAttempts;
  }

  /** Writes a line. */
  public void log(T of) {
    if (format == null) {
      return;
    }
    format.write(line, of, System.currentTimeMillis());
    int size = line.length();
    if (batch != null && !batch.holds(size)) {
      handOver();
    }
    if (batch == null) {
      batch = file.batch(size);
    }
    if (batch == null) {
      file.dropped(1);
    } else {
      batch.add(line.bytes(), size);
    }
  }

  private void handOver() {
    file.write(batch);
    batch = null;
  }

  /** Has what was written reach the file, unless that is busy anyway: then the batch may as well be filled. */
  public void flush() {
    if (batch != null && file.idle()) {
      handOver();
    }
  }

  /** Hands over what there is, in any case. */
  public void end() {
    if (batch != null) {
      handOver();
    }
  }
}
