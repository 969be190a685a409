package dev.sluice.plugins.filelog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files that entries are appended to. They stay open while they are in use. Everything here may block; one thread at a
 * time may call it, but {@link #close} and {@link #count} are for any.
 */
final class LogFiles implements AutoCloseable {

  private static final Set<OpenOption> APPEND =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  private static final FileAttribute<?>[] MODE =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
          ? new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"))
          }
          : new FileAttribute<?>[0];

  private final Map<Path, OpenFile> open = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private static final class OpenFile {
    private final FileChannel channel;
    private boolean used = true;

    OpenFile(FileChannel channel) {
      this.channel = channel;
    }
  }

  /** Appends lines, each with its end, in one write as far as the system allows. */
  void append(Path path, boolean reopen, List<String> lines) throws IOException {
    if (closed) {
      throw new IOException("the plugin is gone");
    }
    if (reopen) {
      close(open.remove(path));
    }
    OpenFile file = open.get(path);
    if (file == null) {
      file = new OpenFile(FileChannel.open(path, APPEND, MODE));
      open.put(path, file);
    }
    file.used = true;
    ByteBuffer bytes = ByteBuffer.wrap(String.join("", lines).getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        file.channel.write(bytes);
      }
    } catch (IOException e) {
      open.remove(path);
      close(file);
      throw e;
    }
  }

  /** Closes the files that were not used since the last call. */
  void closeUnused() {
    for (Iterator<OpenFile> each = open.values().iterator(); each.hasNext(); ) {
      OpenFile file = each.next();
      if (!file.used) {
        each.remove();
        close(file);
      }
      file.used = false;
    }
  }

  private static void close(OpenFile file) {
    if (file != null) {
      try {
        file.channel.close();
      } catch (IOException e) {
        // All that was written is with the system already.
      }
    }
  }

  /** How many files are open. */
  int count() {
    return open.size();
  }

  @Override
  public void close() {
    closed = true;
    open.values().forEach(LogFiles::close);
    open.clear();
  }
}
