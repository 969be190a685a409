package dev.sluice.plugins.dns;

import io.netty.resolver.HostsFileEntriesProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names that no server is asked for. Safe for all threads; reading blocks. */
final class HostsFile {

  private static final Logger log = LoggerFactory.getLogger(HostsFile.class);

  private final Path file;
  private volatile Map<String, List<InetAddress>> four = Map.of();
  private volatile Map<String, List<InetAddress>> six = Map.of();
  private FileTime read = FileTime.fromMillis(0);

  HostsFile(Path file) {
    this.file = file;
  }

  /** Reads the file, when it has changed. */
  synchronized void refresh() {
    try {
      FileTime changed = Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
      if (changed.equals(read)) {
        return;
      }
      read = changed;
      if (Files.isRegularFile(file)) {
        HostsFileEntriesProvider entries = HostsFileEntriesProvider.parser().parse(file.toFile(), StandardCharsets.UTF_8);
        four = entries.ipv4Entries();
        six = entries.ipv6Entries();
      } else {
        four = Map.of();
        six = Map.of();
      }
    } catch (IOException | RuntimeException e) {
      log.warn("the hosts file {} cannot be read: {}", file, e.toString());
    }
  }

  /** The addresses of version 4 of a name in small letters. */
  List<InetAddress> four(String name) {
    return four.getOrDefault(name, List.of());
  }

  /** The addresses of version 6 of a name in small letters. */
  List<InetAddress> six(String name) {
    return six.getOrDefault(name, List.of());
  }
}
