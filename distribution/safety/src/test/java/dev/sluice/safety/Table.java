package dev.sluice.safety;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The table of the suite: one row for each case, written anew with each row so that it is there whatever happens. */
final class Table {

  private static final Path FILE = Path.of(System.getProperty("sluice.safety.table", "target/safety.md"));
  private static final List<Row> ROWS = new ArrayList<>();

  private Table() {}

  private record Row(String id, String sent, String expected, String seen, String result) {
    String line() {
      return "| " + String.join(" | ", id, sent, expected, seen, result) + " |\n";
    }
  }

  static synchronized void row(String id, String sent, String expected, String seen, boolean passed) {
    ROWS.add(new Row(id, sent, expected, seen, passed ? "pass" : "**FAIL**"));
    write();
  }

  /** A case that is tested elsewhere, or not at all. */
  static synchronized void note(String id, String where, String result) {
    ROWS.add(new Row(id, where, "", "", result));
    write();
  }

  private static void write() {
    StringBuilder text = new StringBuilder("| case | sent or done | expected | seen | result |\n|---|---|---|---|---|\n");
    ROWS.stream().sorted(Comparator.comparing(Row::id)).forEach(row -> text.append(row.line()));
    for (String result : List.of("pass", "**FAIL**", "elsewhere", "not covered")) {
      text.append('\n').append(result).append(": ").append(ROWS.stream().filter(row -> row.result().equals(result)).count());
    }
    try {
      Files.createDirectories(FILE.toAbsolutePath().getParent());
      Files.writeString(FILE, text.append('\n'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
