package dev.sluice.kernel.accesslog;

import java.nio.charset.StandardCharsets;

/** How values are made harmless, as nginx has it: what a client sends must not be able to write lines of its own. */
enum Escape {
  /** Quotes, backslashes, control characters and what is not ASCII become {@code \xHH}; no value is a dash. */
  DEFAULT,
  /** As in the strings of JSON; no value is empty. */
  JSON,
  /** As they are; no value is empty. */
  NONE;

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  /** Which bytes are written as they are. */
  boolean[] plain() {
    boolean[] plain = new boolean[256];
    for (int c = 0; c < plain.length; c++) {
      boolean harmless = c >= ' ' && c != '"' && c != '\\';
      plain[c] =
          switch (this) {
            case DEFAULT -> harmless && c < 127;
            case JSON -> harmless;
            case NONE -> true;
          };
    }
    return plain;
  }

  /** Writes a byte that is not plain. */
  void write(Line line, int c) {
    if (this == DEFAULT) {
      line.raw('\\').raw('x').raw(HEX[c >> 4 & 15]).raw(HEX[c & 15]);
      return;
    }
    int word =
        switch (c) {
          case '"', '\\' -> c;
          case '\b' -> 'b';
          case '\f' -> 'f';
          case '\n' -> 'n';
          case '\r' -> 'r';
          case '\t' -> 't';
          default -> 0;
        };
    line.raw('\\');
    if (word == 0) {
      line.raw('u').raw('0').raw('0').raw(HEX[c >> 4 & 15]).raw(HEX[c & 15]);
    } else {
      line.raw(word);
    }
  }
}
