package dev.sluice.safety;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The table names the tests that cover what has no trial here; those tests are there. */
class ElsewhereTest {

  private static List<String> lines() throws IOException {
    try (InputStream in = ElsewhereTest.class.getResourceAsStream("/elsewhere.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  @Test
  void coversTheRest() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent().getParent();
    for (String line : lines()) {
      String[] parts = line.split(" \\| ", -1);
      if (parts[1].equals("-")) {
        Table.note(parts[0], parts[2], "not covered");
        continue;
      }
      String[] test = parts[1].split("#", -1);
      assertThat(root.resolve(test[0])).exists();
      assertThat(Files.readString(root.resolve(test[0]))).containsPattern("@Test|Contract \\{").contains(test[1]);
      String name = test[0].substring(test[0].lastIndexOf('/') + 1).replace(".java", "");
      Table.note(parts[0], "see " + name + (test[1].isEmpty() ? "" : "#" + test[1]), "elsewhere");
    }
  }
}
