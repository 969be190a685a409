package dev.sluice.plugins.adminapi;

import dev.sluice.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of what was changed, as lines of JSON in a file below the prefix. A full file becomes the old one, and
 * the old one before it goes: there are never more than two.
 */
final class AuditLog {

  private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
  private static final long FULL = 8 * 1024 * 1024;

  private final PluginContext context;
  private final Path file;
  private final long full;

  AuditLog(PluginContext context) {
    this(context, FULL);
  }

  /**
   * A log in files of a size.
   *
   * @param full bytes from which on a file is full
   */
  AuditLog(PluginContext context, long full) {
    this.context = context;
    this.file = context.node().prefix().resolve("audit").resolve("audit.jsonl");
    this.full = full;
  }

  /** Writes a record down; what was changed is changed, so that a failure is told to the log alone. */
  Future<Void> add(JsonObject record) {
    return context
        .<Void>ordered(
            () -> {
              append(record.encode() + "\n");
              return null;
            })
        .otherwise(
            cause -> {
              log.error("a write could not be recorded: {}", record, cause);
              return null;
            });
  }

  private void append(String line) throws IOException {
    Files.createDirectories(file.getParent());
    if (Files.exists(file) && Files.size(file) >= full) {
      Files.move(file, old(), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private Path old() {
    return file.resolveSibling("audit.1.jsonl");
  }

  /** All records, the newest first. */
  Future<List<JsonObject>> newestFirst() {
    return context.ordered(
        () -> {
          List<JsonObject> records = new ArrayList<>();
          for (Path each : List.of(old(), file)) {
            if (Files.exists(each)) {
              for (String line : Files.readString(each).split("\n", -1)) {
                record(line, records);
              }
            }
          }
          Collections.reverse(records);
          return records;
        });
  }

  /** A line that was cut off by a crash is no record. */
  private static void record(String line, List<JsonObject> records) {
    try {
      if (!line.isBlank()) {
        records.add(new JsonObject(line));
      }
    } catch (DecodeException e) {
      log.warn("a broken line in the audit log is left out");
    }
  }
}
