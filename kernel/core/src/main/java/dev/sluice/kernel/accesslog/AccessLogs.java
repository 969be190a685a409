package dev.sluice.kernel.accesslog;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The access logs of a node. Safe for all threads; opening and closing block. */
public final class AccessLogs implements AutoCloseable {

  private final Targets targets;
  private final Map<String, LogFile> files = new HashMap<>();

  /**
   * Where lines go.
   *
   * @param requests by listener: {@code proxy}, {@code admin}, {@code status}; those that are missing write nothing
   * @param streams of the stream listener
   */
  public record Targets(Map<String, LogTarget<LoggedRequest>> requests, Optional<LogTarget<LoggedStream>> streams) {

    /** Nowhere. */
    public static final Targets NONE = new Targets(Map.of(), Optional.empty());
  }

  private AccessLogs(Targets targets) {
    this.targets = targets;
  }

  /**
   * Opens the files, of which several listeners may share one.
   *
   * @throws IOException when one cannot be opened; it names it
   */
  public static AccessLogs open(Targets targets) throws IOException {
    AccessLogs logs = new AccessLogs(targets);
    Set<String> paths = new TreeSet<>();
    targets.requests().values().forEach(target -> paths.add(target.path()));
    targets.streams().ifPresent(target -> paths.add(target.path()));
    for (String path : paths) {
      try {
        logs.files.put(path, LogFile.open(path));
      } catch (IOException e) {
        logs.close();
        throw new IOException("the access log " + path + " cannot be opened: " + e, e);
      }
    }
    return logs;
  }

  /** What writes of the requests of a listener; one for each event loop. */
  public AccessLog<LoggedRequest> requests(String listener) {
    LogTarget<LoggedRequest> target = targets.requests().get(listener);
    return target == null ? AccessLog.off() : AccessLog.of(target.format(), files.get(target.path()));
  }

  /** What writes of streams; one for each event loop. */
  public AccessLog<LoggedStream> streams() {
    return targets
        .streams()
        .map(target -> AccessLog.of(target.format(), files.get(target.path())))
        .orElseGet(AccessLog::off);
  }

  /** Whether nothing waits to be written. */
  boolean idle() {
    return files.values().stream().allMatch(LogFile::idle);
  }

  /** Has all files opened anew, by their names. */
  public void reopen() {
    files.values().forEach(LogFile::reopen);
  }

  /** Writes what waits, and closes all. */
  @Override
  public void close() {
    files.values().forEach(LogFile::close);
  }
}
