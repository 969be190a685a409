package dev.sluice.kernel.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Understands {@code start} with no options but the two that say where: as gateways are started by machines. To read so
 * little the parser of command lines is not needed, which takes a tenth of the start for itself. All else, and all that
 * is wrong, is left to it.
 */
final class PlainStart {

  private static final Set<String> CONF = Set.of("-c", "--conf");
  private static final Set<String> PREFIX = Set.of("-p", "--prefix");

  private PlainStart() {}

  /** The command, or empty where the parser has to look. */
  static Optional<StartCommand> of(String... arguments) {
    if (arguments.length % 2 == 0 || !arguments[0].equals("start")) {
      return Optional.empty();
    }
    Optional<Path> conf = Optional.empty();
    Optional<Path> prefix = Optional.empty();
    for (int i = 1; i < arguments.length; i += 2) {
      String value = arguments[i + 1];
      if (value.isEmpty() || "-@\"'".indexOf(value.charAt(0)) >= 0) {
        return Optional.empty();
      }
      if (CONF.contains(arguments[i]) && conf.isEmpty()) {
        conf = Optional.of(Path.of(value));
      } else if (PREFIX.contains(arguments[i]) && prefix.isEmpty()) {
        prefix = Optional.of(Path.of(value));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new StartCommand(new NodeOptions(conf, prefix)));
  }
}
