package dev.sluice.kernel.config;

import dev.sluice.api.store.StoredEntity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The form of a copy: a mark, a header, records, and the hash of all that. Each record is a key and a row with a
 * checksum of its own, so that damage can be told by its place; a later record of a key stands for an earlier one.
 */
final class CopyFile {

  private static final byte[] MARK = "SLUICE-COPY-1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int END = -1;
  private static final int LONGEST = 1 << 28;

  private CopyFile() {}

  /**
   * What a copy says of itself.
   *
   * @param revision of the store that it holds
   * @param sequence counts the copies of a node
   * @param database the store's name
   * @param written when, in milliseconds of the epoch; 0 where an older release has not said so
   */
  record Header(long revision, long sequence, String database, long written) {

    private JsonObject json() {
      return new JsonObject().put("revision", revision).put("sequence", sequence).put("database", database).put("written", written);
    }

    private static Header of(JsonObject json) {
      return new Header(
          json.getLong("revision"), json.getLong("sequence"), json.getString("database"), json.getLong("written", 0L));
    }
  }

  /** A whole copy. */
  record Content(Header header, List<StoredEntity> rows) {}

  /** A copy is not as it was written; the message says where. */
  static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
      super(message);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long checksum(byte[] key, byte[] row) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(8).putInt(key.length).putInt(row.length).flip());
    sum.update(key);
    sum.update(row);
    return sum.getValue();
  }

  static String key(String type, String id) {
    return type + '\0' + id;
  }

  /** Writes a copy beside the file whose place it takes at the end, when it has reached the disk. */
  static final class Writer implements AutoCloseable {

    private final Path file;
    private final Path part;
    private final FileChannel channel;
    private final MessageDigest digest = sha256();
    private final DataOutputStream out;
    private final OutputStream raw;

    Writer(Path file) throws IOException {
      this.file = file;
      this.part = file.resolveSibling(file.getFileName() + ".part");
      Files.deleteIfExists(part);
      // The rows hold keys and passwords: from its first byte on, nobody else reads the file.
      this.channel =
          FileChannel.open(
              part,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      this.raw = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      this.out = new DataOutputStream(new DigestOutputStream(raw, digest));
      out.write(MARK);
    }

    void put(StoredEntity row) throws IOException {
      JsonArray columns =
          new JsonArray()
              .add(row.workspace())
              .add(row.revision())
              .add(row.expiresAt().orElse(null))
              .add(row.document());
      write(key(row.type(), row.id()), columns.encode().getBytes(StandardCharsets.UTF_8));
    }

    void delete(String type, String id) throws IOException {
      write(key(type, id), new byte[0]);
    }

    private void write(String key, byte[] row) throws IOException {
      byte[] name = key.getBytes(StandardCharsets.UTF_8);
      out.writeInt(name.length);
      out.writeInt(row.length);
      out.writeLong(checksum(name, row));
      out.write(name);
      out.write(row);
    }

    /** Takes over what another copy holds, but for some keys. */
    void copy(Path other, Set<String> but) throws IOException {
      read(other, (key, row) -> {
        if (!but.contains(key)) {
          write(key, row);
        }
      });
    }

    /** Ends the copy; what it says of itself comes last, when it is known. */
    void finish(Header header) throws IOException {
      byte[] head = header.json().encode().getBytes(StandardCharsets.UTF_8);
      out.writeInt(END);
      out.writeInt(head.length);
      out.write(head);
      out.flush();
      raw.write(digest.digest());
      raw.flush();
      channel.force(true);
      channel.close();
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
      Files.deleteIfExists(part);
    }
  }

  /** Takes a record. */
  interface Records {
    /** A key, and its row or nothing. */
    void take(String key, byte[] row) throws IOException;
  }

  /**
   * Reads a copy from its beginning to its end.
   *
   * @throws DamagedException at the latest when all records have been given: what was taken is to be thrown away then
   */
  static Header read(Path file, Records records) throws IOException {
    MessageDigest digest = sha256();
    long size = Files.size(file);
    try (DataInputStream in =
        new DataInputStream(
            new DigestInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), digest))) {
      if (!Arrays.equals(in.readNBytes(MARK.length), MARK)) {
        throw new DamagedException(file + " is damaged: it does not begin as a copy does");
      }
      long place = MARK.length;
      for (int length = in.readInt(); length != END; length = in.readInt()) {
        int rowLength = in.readInt();
        long sum = in.readLong();
        if (length < 0 || rowLength < 0 || length > LONGEST || place + length + rowLength > size) {
          throw damaged(file, place);
        }
        byte[] key = in.readNBytes(length);
        byte[] row = in.readNBytes(rowLength);
        if (key.length < length || row.length < rowLength || checksum(key, row) != sum) {
          throw damaged(file, place);
        }
        records.take(new String(key, StandardCharsets.UTF_8), row);
        place += 16L + length + rowLength;
      }
      int length = in.readInt();
      if (length < 0 || place + length > size) {
        throw damaged(file, place);
      }
      byte[] head = in.readNBytes(length);
      byte[] hash = digest.digest();
      if (!Arrays.equals(hash, in.readNBytes(hash.length)) || in.read() >= 0) {
        throw new DamagedException(file + " is damaged: its hash is wrong");
      }
      return Header.of(new JsonObject(new String(head, StandardCharsets.UTF_8)));
    } catch (java.io.EOFException e) {
      throw new DamagedException(file + " is damaged: it ends too early");
    }
  }

  private static DamagedException damaged(Path file, long place) {
    return new DamagedException(file + " is damaged: the record at byte " + place + " is not as it was written");
  }

  /** Reads a copy into memory. */
  static Content read(Path file) throws IOException {
    Map<String, StoredEntity> rows = new LinkedHashMap<>();
    Header header =
        read(
            file,
            (key, row) -> {
              if (row.length == 0) {
                rows.remove(key);
              } else {
                rows.put(key, row(key, new JsonArray(new String(row, StandardCharsets.UTF_8))));
              }
            });
    return new Content(header, List.copyOf(rows.values()));
  }

  private static StoredEntity row(String key, JsonArray columns) {
    int end = key.indexOf('\0');
    return new StoredEntity(
        key.substring(0, end),
        key.substring(end + 1),
        columns.getString(0),
        columns.getJsonObject(3),
        columns.getLong(1),
        Optional.ofNullable(columns.getLong(2)));
  }
}
