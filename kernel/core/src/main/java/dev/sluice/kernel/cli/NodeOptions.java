package dev.sluice.kernel.cli;

import dev.sluice.kernel.boot.NodeConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that tell which node is meant. */
final class NodeOptions {

  @Option(
      names = {"-c", "--conf"},
      paramLabel = "FILE",
      description = "The configuration file.")
  private Path conf;

  @Option(
      names = {"-p", "--prefix"},
      paramLabel = "PATH",
      description = "The node's working directory.")
  private Path prefix;

  @Option(
      names = {"-v", "--v"},
      description = "Say more.")
  private boolean verbose;

  @Option(names = "--vv", description = "Say everything.")
  private boolean debug;

  NodeOptions() {}

  /** Options that no parser has read. */
  NodeOptions(Optional<Path> conf, Optional<Path> prefix) {
    this.conf = conf.orElse(null);
    this.prefix = prefix.orElse(null);
  }

  Optional<Path> conf() {
    return Optional.ofNullable(conf);
  }

  Optional<Path> prefix() {
    return Optional.ofNullable(prefix);
  }

  boolean debug() {
    return debug;
  }

  boolean verbose() {
    return verbose;
  }

  /** The settings of the node, from all sources. */
  NodeConfig config() {
    return config(conf());
  }

  /** The settings of the node, but for some. */
  NodeConfig config(Map<String, String> others) {
    return config(conf(), others);
  }

  NodeConfig config(Optional<Path> file) {
    return config(file, Map.of());
  }

  private NodeConfig config(Optional<Path> file, Map<String, String> others) {
    Map<String, String> given = new HashMap<>();
    if (prefix != null) {
      given.put("prefix", prefix.toString());
    }
    if (debug) {
      given.put("log_level", "debug");
    }
    given.putAll(others);
    return NodeConfig.load(file, System.getenv(), given);
  }
}
