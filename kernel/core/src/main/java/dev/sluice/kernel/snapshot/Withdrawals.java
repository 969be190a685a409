package dev.sluice.kernel.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers over restarts which strategies' jars were taken out of this node while it ran, so that a restart changes
 * nothing. Written on the control thread, seldom; read by any.
 */
public final class Withdrawals {

  private static final Logger log = LoggerFactory.getLogger(Withdrawals.class);

  private final Path file;
  private volatile Set<String> names = Set.of();

  private Withdrawals(Path file) {
    this.file = file;
  }

  /** Reads what was remembered in a file; there may be none. */
  public static Withdrawals in(Path file) {
    Withdrawals known = new Withdrawals(file);
    try {
      known.names = Files.exists(file) ? Set.copyOf(Files.readAllLines(file)) : Set.of();
    } catch (IOException e) {
      log.warn("{} cannot be read: strategies without a jar refuse requests", file, e);
    }
    return known;
  }

  /** Whether the jar of that strategy was taken out. */
  public boolean has(String strategy) {
    return names.contains(strategy);
  }

  /** Notes what is withdrawn in a snapshot that serves, and forgets what jars bring again. */
  public void note(GatewaySnapshot snapshot) {
    Set<String> next = new TreeSet<>(names);
    for (FilterInstance instance : snapshot.instances().values()) {
      if (instance.absence() == FilterInstance.Absence.WITHDRAWN) {
        next.add(instance.config().name());
      }
    }
    next.removeIf(name -> snapshot.registry().filter(name).isPresent());
    if (!next.equals(names)) {
      names = Set.copyOf(next);
      write(next);
    }
  }

  private void write(Set<String> next) {
    try {
      if (next.isEmpty()) {
        Files.deleteIfExists(file);
        return;
      }
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.write(part, next);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      log.warn("{} cannot be written: after a restart strategies without a jar refuse requests", file, e);
    }
  }
}
