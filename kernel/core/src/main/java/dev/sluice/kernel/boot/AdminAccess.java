package dev.sluice.kernel.boot;

import dev.sluice.kernel.listener.AdminGate;
import dev.sluice.kernel.listener.AdminToken;
import dev.sluice.kernel.listener.HostNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may use the Admin API, by the settings. Where others than this machine can reach it, a token is demanded: the one
 * that is set, or one that is made at the first start and shown once; of that only a hash is kept.
 */
final class AdminAccess {

  /** Where the hash of the token is kept, below the prefix. */
  static final String FILE = "admin.token";

  private static final Logger log = LoggerFactory.getLogger(AdminAccess.class);

  /** Characters: fewer are guessed by who has the time, since nothing limits the attempts. */
  private static final int SHORT = 20;

  private AdminAccess() {}

  /**
   * The gate of the Admin API. Reads and writes files.
   *
   * @param machine the name of this machine
   * @param tell is told a token that was made, once
   */
  static AdminGate gate(NodeConfig config, String machine, Consumer<String> tell) {
    return AdminGate.guarded(token(config, tell), HostNames.of(names(config, machine)));
  }

  private static List<String> names(NodeConfig config, String machine) {
    List<String> names = new ArrayList<>(config.list("admin_allowed_hosts"));
    names.add(machine);
    names.add(machine.split("\\.", 2)[0]);
    for (String setting : List.of("admin_gui_url", "admin_gui_api_url")) {
      config.list(setting).forEach(url -> HostNames.ofUrl(url).ifPresent(names::add));
    }
    listens(config).forEach(listen -> names.add(listen.host()));
    return names;
  }

  private static Optional<AdminToken> token(NodeConfig config, Consumer<String> tell) {
    String demand = config.string("admin_auth");
    Optional<String> set = config.text("admin_token");
    boolean reachable = listens(config).stream().anyMatch(listen -> !loopback(listen.host()));
    if (demand.equals("off")) {
      if (reachable) {
        log.warn("the Admin API can be reached from other machines, and admin_auth is off: anyone may change anything");
      }
      return Optional.empty();
    }
    if (set.isPresent()) {
      if (reachable && set.get().length() < SHORT) {
        log.warn("the Admin API can be reached from other machines, and admin_token is shorter than {} characters:"
            + " nothing keeps others from guessing", SHORT);
      }
      return Optional.of(AdminToken.of(set.get()));
    }
    return reachable || demand.equals("on") ? Optional.of(kept(config.prefix().resolve(FILE), tell)) : Optional.empty();
  }

  /** Where the Admin API is reached, by itself or by way of the portal. */
  private static List<Listen> listens(NodeConfig config) {
    List<Listen> all = new ArrayList<>(Listen.parse(config, "admin_listen"));
    all.addAll(Listen.parse(config, "admin_gui_listen"));
    return all;
  }

  static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static AdminToken kept(Path file, Consumer<String> tell) {
    try {
      if (Files.exists(file)) {
        // Nothing is made in the place of what cannot be read: that would lock out who has the old one.
        return AdminToken.read(Files.readString(file))
            .orElseThrow(
                () -> new ConfigException(file + " holds no token's hash; delete it to have a new token made"));
      }
      String fresh = AdminToken.fresh();
      AdminToken token = AdminToken.of(fresh);
      write(file, token.written());
      tell.accept(fresh);
      return token;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the hash of the admin token in " + file, e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Path draft = file.resolveSibling(FILE + ".new");
    Files.writeString(draft, text);
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
