package dev.sluice.plugins.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;

/**
 * An open file.
 *
 * @param guard keeps the file
 * @param identity of the file
 * @param writer writes it
 * @param readers read it
 * @param log of changes
 */
record Session(FileGuard guard, FileIdentity identity, Writer writer, Readers readers, ChangeLog log)
    implements AutoCloseable {

  /** Opens the file, or makes it; empty while another store of this process has it. Blocks. */
  static Optional<Session> open(Settings settings, Layout layout, Clock clock) {
    Path file = settings.file();
    try {
      Files.createDirectories(file.getParent());
      Optional<FileGuard> guard = FileGuard.tryTake(file);
      if (guard.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(open(settings, layout, clock, guard.get()));
      } catch (SQLException | IOException | RuntimeException e) {
        guard.get().close();
        throw e;
      }
    } catch (SQLException | IOException | RuntimeException e) {
      throw Failures.of(file, e);
    }
  }

  private static Session open(Settings settings, Layout layout, Clock clock, FileGuard guard)
      throws SQLException, IOException {
    Path file = settings.file();
    NativeLibrary.load(settings.scratch());
    create(file);
    FileIdentity identity = FileIdentity.of(file);
    Database database = prepare(file, layout);
    ChangeLog log = new ChangeLog(settings.keptRevisions());
    return new Session(guard, identity, new Writer(identity, log, clock, database), new Readers(identity), log);
  }

  private static Database prepare(Path file, Layout layout) throws SQLException, IOException {
    Database database = Database.writer(file);
    try {
      layout.check(database, file);
      Integrity.checkPages(database, file);
      String mode = database.first("PRAGMA journal_mode=WAL", row -> row.getString(1)).orElse("none");
      if (!mode.equals("wal")) {
        throw Failures.of(file, "cannot have a write-ahead log where it is (SQLite chose '" + mode + "')");
      }
      layout.migrate(database, file);
      Integrity.checkRows(database, file);
      return database;
    } catch (SQLException | IOException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Makes an empty file for the owner alone, since it will hold credentials. SQLite gives its other files the same. */
  private static void create(Path file) throws IOException {
    boolean posix = Files.getFileStore(file.getParent()).supportsFileAttributeView("posix");
    FileAttribute<?>[] attributes = {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
    try {
      Files.createFile(file, posix ? attributes : new FileAttribute<?>[0]);
    } catch (FileAlreadyExistsException e) {
      refuseEmptied(file);
      return;
    }
    if (posix) {
      // The name of the file has to survive as well.
      try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }

  /** SQLite would take an empty file for a new one, and throw away the log that belonged to its content. */
  private static void refuseEmptied(Path file) throws IOException {
    Path wal = file.resolveSibling(file.getFileName() + "-wal");
    if (Files.size(file) == 0 && Files.exists(wal) && Files.size(wal) > 0) {
      throw Failures.of(file, "is damaged: it is empty, but has a write-ahead log that is not");
    }
  }

  /** Closes the file. Blocks. */
  @Override
  public void close() throws IOException {
    readers.close();
    writer.close();
    guard.close();
  }
}
