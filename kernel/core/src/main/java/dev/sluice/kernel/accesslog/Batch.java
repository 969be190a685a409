package dev.sluice.kernel.accesslog;

import java.nio.ByteBuffer;

/** Lines on their way to a file. Of one thread at a time: an event loop fills it, the file's thread empties it. */
final class Batch {

  /** Bytes that a batch holds; a longer line has a batch of its own. */
  static final int SIZE = 64 * 1024;

  private final byte[] bytes;
  private int length;
  private int lines;

  Batch(int size) {
    bytes = new byte[size];
  }

  boolean holds(int more) {
    return bytes.length - length >= more;
  }

  void add(byte[] line, int size) {
    System.arraycopy(line, 0, bytes, length, size);
    length += size;
    lines++;
  }

  int lines() {
    return lines;
  }

  ByteBuffer content() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  /** Whether it can be filled again. */
  boolean reusable() {
    return bytes.length == SIZE;
  }

  void clear() {
    length = 0;
    lines = 0;
  }
}
