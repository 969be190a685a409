package dev.sluice.api;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Optional;

/** The node that a plugin runs on. Immutable but for {@link #status()}. */
public interface NodeInfo {

  /** The node's UUID, stable across restarts. */
  String nodeId();

  /** The machine's name. */
  String hostname();

  /** Sluice's own version. */
  String version();

  /** The Kong version that answers are compatible with, such as {@code 3.9.3}. */
  String compatibleVersion();

  /** The working directory: where a plugin may keep files, below a folder of its own. */
  Path prefix();

  /** The folder that jars are taken from. */
  default Path pluginsFolder() {
    throw new UnsupportedOperationException("this node tells no pluginsFolder()");
  }

  /** The effective configuration, in the form of {@code GET /}: secrets are masked. */
  JsonObject configuration();

  /** One setting in its written form, when it was given or has a default. Secrets are not masked. */
  Optional<String> setting(String key);

  /** What the node reports of itself now: server counters, memory, readiness and the state of the jars. */
  JsonObject status();
}
