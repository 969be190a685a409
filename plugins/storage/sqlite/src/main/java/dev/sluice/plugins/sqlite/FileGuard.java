package dev.sluice.plugins.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Lets one store of this process at a time have a file open.
 *
 * <p>Two generations of this jar have two copies of the SQLite library, which know nothing of each other. POSIX locks
 * belong to a process, so these copies would not exclude each other, and the first to close would drop the locks of
 * both and remove the write-ahead log in use: that destroys databases. Java, however, refuses overlapping locks of one
 * process on one file, whatever class loader they come from. The lock is a shared one, since processes do exclude each
 * other by SQLite's own locks.
 */
final class FileGuard implements AutoCloseable {

  private final FileChannel channel;

  private FileGuard(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the file; empty while another store of this process has it. */
  static Optional<FileGuard> tryTake(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file.resolveSibling(file.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      taken = channel.tryLock(0, Long.MAX_VALUE, true) != null;
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    return taken ? Optional.of(new FileGuard(channel)) : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
