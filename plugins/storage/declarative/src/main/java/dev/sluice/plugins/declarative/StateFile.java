package dev.sluice.plugins.declarative;

import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.Reference;
import dev.sluice.api.store.StoreException;
import dev.sluice.api.store.UniqueKey;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The file that keeps what was declared: the checksum of all that follows, then one row a line. It is replaced as a
 * whole, so that a node that is killed finds either the old or the new one. Blocks.
 *
 * @param path of the file
 */
record StateFile(Path path) {

  private static final String FORMAT = "sluice-declarative-1";

  Rows read() {
    if (!Files.isRegularFile(path)) {
      return new Rows();
    }
    try {
      String text = Files.readString(path);
      int end = text.indexOf('\n');
      String rest = text.substring(end + 1);
      if (end < 0 || !text.substring(0, end).equals(Digests.sha256(rest))) {
        throw new StoreException(path + " is damaged: its checksum is wrong", null);
      }
      return parse(rest.split("\n", -1));
    } catch (IOException | DecodeException e) {
      throw new StoreException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Rows parse(String[] lines) {
    Rows rows = new Rows();
    JsonObject head = new JsonObject(lines[0]);
    rows.revision(head.getLong("revision"));
    for (int i = 1; i < lines.length; i++) {
      if (!lines[i].isEmpty()) {
        rows.add(row(new JsonObject(lines[i])));
      }
    }
    return rows;
  }

  private static Row row(JsonObject line) {
    Mutation.Put put =
        new Mutation.Put(
            line.getString("type"),
            line.getString("id"),
            line.getString("workspace"),
            line.getJsonObject("document"),
            false,
            list(line, "uniques", each -> new UniqueKey(each.getString(0), each.getString(1), each.getString(2))),
            list(line, "references", each -> new Reference(each.getString(0), each.getString(1), each.getString(2))),
            line.getJsonArray("tags").stream().map(String::valueOf).toList(),
            Optional.ofNullable(line.getLong("expires_at")));
    return new Row(put, line.getLong("revision"));
  }

  private static <T> List<T> list(JsonObject line, String field, Function<JsonArray, T> reader) {
    List<T> items = new ArrayList<>();
    JsonArray array = line.getJsonArray(field);
    for (int i = 0; i < array.size(); i++) {
      items.add(reader.apply(array.getJsonArray(i)));
    }
    return List.copyOf(items);
  }

  void write(Rows rows) {
    StringBuilder text = new StringBuilder();
    text.append(new JsonObject().put("format", FORMAT).put("revision", rows.revision()).encode()).append('\n');
    for (String type : rows.types()) {
      rows.ofType(type).values().forEach(row -> text.append(line(row).encode()).append('\n'));
    }
    String rest = text.toString();
    byte[] bytes = (Digests.sha256(rest) + '\n' + rest).getBytes(StandardCharsets.UTF_8);
    Path part = path.resolveSibling(path.getFileName() + ".part");
    try {
      Files.createDirectories(path.getParent());
      Files.deleteIfExists(part);
      try (FileChannel channel =
          FileChannel.open(
              part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownersAlone())) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(part, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel folder = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    } catch (IOException e) {
      throw new StoreException(path + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** There are credentials in it. */
  private static FileAttribute<?>[] ownersAlone() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
        : new FileAttribute<?>[0];
  }

  private static JsonObject line(Row row) {
    Mutation.Put put = row.put();
    JsonArray uniques = new JsonArray();
    put.uniques().forEach(key -> uniques.add(new JsonArray().add(key.workspace()).add(key.field()).add(key.value())));
    JsonArray references = new JsonArray();
    put.references().forEach(to -> references.add(new JsonArray().add(to.field()).add(to.type()).add(to.id())));
    return new JsonObject()
        .put("type", put.type())
        .put("id", put.id())
        .put("workspace", put.workspace())
        .put("document", put.document())
        .put("revision", row.revision())
        .put("expires_at", put.expiresAt().orElse(null))
        .put("uniques", uniques)
        .put("references", references)
        .put("tags", new JsonArray(put.tags()));
  }
}
