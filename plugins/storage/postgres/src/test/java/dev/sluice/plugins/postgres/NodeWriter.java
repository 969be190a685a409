package dev.sluice.plugins.postgres;

import dev.sluice.testkit.TestGateway;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A node in a process of its own that creates consumers and says which ones it has. */
final class NodeWriter {

  private NodeWriter() {}

  /** Takes the folder, the round, and the settings by twos. */
  public static void main(String[] arguments) {
    Map<String, String> settings = new HashMap<>();
    for (int i = 2; i < arguments.length; i += 2) {
      settings.put(arguments[i], arguments[i + 1]);
    }
    TestGateway node =
        TestGateway.with(new PostgresPlugin()).settings(settings).folder(Path.of(arguments[0])).start();
    for (int i = 0; ; i++) {
      String name = "user-" + arguments[1] + "-" + i;
      node.consumer(name);
      System.out.println("> " + name + ".");
    }
  }
}
