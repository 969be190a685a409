package dev.sluice.plugins.sqlite;

import dev.sluice.api.store.StoreException;
import java.nio.file.Path;

import static dev.sluice.testkit.contract.PutBuilder.put;

/** Writes until there is no more space on the disk, then reads. Argument: the prefix. */
final class FillingWriter {

  private static final int MOST = 1000;

  private FillingWriter() {}

  public static void main(String[] args) {
    try (OpenStore store = OpenStore.in(Path.of(args[0]))) {
      String text = "0123456789abcdef".repeat(8 * 1024);
      try {
        for (int i = 0; i < MOST; i++) {
          store.commit(put("row" + i).create().field("text", text));
          ChildJvm.say("ack " + i);
        }
      } catch (StoreException e) {
        ChildJvm.say("StoreException " + (e.getMessage().contains("sluice.db") ? "names the file" : e));
      }
      boolean reads = store.find("row0").orElseThrow().document().getString("text").equals(text);
      ChildJvm.say(reads ? "reads go on" : "reads are wrong");
    }
    ChildJvm.say("closed");
  }
}
