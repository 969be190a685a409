package dev.sluice.kernel.accesslog;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** The variables that requests and streams share: those of the process and of the time. */
final class NodeVariables {

  private NodeVariables() {}

  static <T> Optional<Variable<T>> find(String name) {
    return switch (name) {
      case "time_local" -> Optional.of((line, of) -> line.localTime());
      case "time_iso8601" -> Optional.of((line, of) -> line.isoTime());
      case "msec" -> Optional.of((line, of) -> line.seconds(line.now()));
      case "pid" -> {
        long pid = ProcessHandle.current().pid();
        yield Optional.of((line, of) -> line.number(pid));
      }
      case "hostname" -> {
        String host = host();
        yield Optional.of((line, of) -> line.value(host));
      }
      default -> Optional.empty();
    };
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
