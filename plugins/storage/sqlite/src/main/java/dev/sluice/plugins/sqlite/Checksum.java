package dev.sluice.plugins.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Guards what a row says: SQLite notices broken pages, but not a changed byte inside a text. */
final class Checksum {

  private final CRC32C sum = new CRC32C();

  private Checksum() {}

  /** Of a row of {@code entities}. */
  static long ofEntity(String type, String id, String workspace, String document, long revision, Long expiresAt) {
    Checksum checksum = new Checksum();
    checksum.add(type).add(id).add(workspace).add(document).add(revision);
    return expiresAt == null ? checksum.value() : checksum.add(expiresAt).value();
  }

  /** Of a row of {@code log}. */
  static long ofChange(String type, String id, String workspace, String document, long revision, Long expiresAt) {
    Checksum checksum = new Checksum();
    checksum.add(type).add(id).add(workspace).add(revision);
    if (document != null) {
      checksum.add(document);
    }
    // Rows that were written before the expiry was kept have none.
    return expiresAt == null ? checksum.value() : checksum.add(expiresAt).value();
  }

  private Checksum add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    sum.update(bytes);
    return this;
  }

  private Checksum add(long number) {
    sum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
    return this;
  }

  private long value() {
    return sum.getValue();
  }
}
