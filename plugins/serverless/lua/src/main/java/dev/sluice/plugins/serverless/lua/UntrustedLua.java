package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.NodeInfo;

/** The setting {@code untrusted_lua}. Bounds hold in any case: there is no way out of the interpreter. */
enum UntrustedLua {
  /** No script runs. */
  OFF,
  /** Scripts have the functions of Kong's sandbox. */
  SANDBOX,
  /** Scripts have metatables and all modules that there are, too. */
  ON;

  static final String OFF_MESSAGE =
      "loading of untrusted Lua code disabled because 'untrusted_lua' config option is set to 'off'";

  static UntrustedLua of(NodeInfo node) {
    return switch (node.setting("untrusted_lua").orElse("sandbox")) {
      case "off" -> OFF;
      case "on" -> ON;
      default -> SANDBOX;
    };
  }
}
