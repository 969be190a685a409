package dev.sluice.kernel.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The lines of the head of an answer, one after the other. Of an answer at which no filter looks they go from here to the socket
 * as they are; a table of them, as Vert.x keeps it, is made for those who ask for one. For one event loop.
 */
public final class AnswerHead implements HeaderSink {

  private static final int USUAL = 16;
  private static final int COLON = ':' << 8 | ' ';
  private static final int END = '\r' << 8 | '\n';
  private static final int AROUND = 4;

  private CharSequence[] names = new CharSequence[USUAL];
  private CharSequence[] values = new CharSequence[USUAL];
  private int count;

  /** A bit for each mark of a name: where it is not set, nobody needs to search. */
  private long marks;

  /** Adds a line, which somebody has checked. */
  @Override
  public void add(CharSequence name, CharSequence value) {
    if (count == names.length) {
      names = Arrays.copyOf(names, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    names[count] = name;
    values[count++] = value;
    marks |= 1L << mark(name);
  }

  /** Puts a line, which somebody has checked, in the place of all of its name. */
  @Override
  public void set(CharSequence name, CharSequence value) {
    remove(name);
    add(name, value);
  }

  /** Takes all lines of a name away. */
  @Override
  public void remove(CharSequence name) {
    int first = find(name);
    if (first < 0) {
      return;
    }
    int kept = first;
    for (int i = first + 1; i < count; i++) {
      if (!is(names[i], name)) {
        names[kept] = names[i];
        values[kept++] = values[i];
      }
    }
    Arrays.fill(names, kept, count, null);
    Arrays.fill(values, kept, count, null);
    count = kept;
  }

  /** The value of the first line of a name, or null. */
  CharSequence get(CharSequence name) {
    int at = find(name);
    return at < 0 ? null : values[at];
  }

  private int find(CharSequence name) {
    if ((marks & 1L << mark(name)) != 0) {
      for (int i = 0; i < count; i++) {
        if (is(names[i], name)) {
          return i;
        }
      }
    }
    return -1;
  }

  /** By length and first letter; the letter in any case has the same five bits. */
  private static int mark(CharSequence name) {
    return name.isEmpty() ? 0 : 7 * name.length() + (name.charAt(0) & 31);
  }

  private static boolean is(CharSequence name, CharSequence wanted) {
    return name.length() == wanted.length() && AsciiString.contentEqualsIgnoreCase(name, wanted);
  }

  /** Adds the lines to those of a table, of which some say how the message is framed: that counts. */
  void into(MultiMap table) {
    boolean length = table.contains(HeaderNames.CONTENT_LENGTH);
    boolean connection = table.contains(HeaderNames.CONNECTION);
    for (int i = 0; i < count; i++) {
      if (!framed(names[i], length, connection)) {
        table.add(names[i], values[i]);
      }
    }
  }

  /** The length of what would be written beside a table of lines that frame the message. */
  int size(MultiMap framing) {
    boolean length = framing.contains(HeaderNames.CONTENT_LENGTH);
    boolean connection = framing.contains(HeaderNames.CONNECTION);
    int size = 0;
    for (int i = 0; i < count; i++) {
      if (!framed(names[i], length, connection)) {
        size += names[i].length() + values[i].length() + AROUND;
      }
    }
    return size;
  }

  /** Writes the lines beside a table of lines that frame the message. */
  void write(ByteBuf to, MultiMap framing) {
    boolean length = framing.contains(HeaderNames.CONTENT_LENGTH);
    boolean connection = framing.contains(HeaderNames.CONNECTION);
    for (int i = 0; i < count; i++) {
      if (!framed(names[i], length, connection)) {
        int at = put(to, to.writerIndex(), names[i]);
        to.setShort(at, COLON);
        at = put(to, at + 2, values[i]);
        to.setShort(at, END);
        to.writerIndex(at + 2);
      }
    }
  }

  /** What is beyond ASCII in a text becomes a question mark, and can therefore become no end of a line. */
  private static int put(ByteBuf to, int at, CharSequence text) {
    int length = text.length();
    if (text instanceof AsciiString ascii) {
      to.setBytes(at, ascii.array(), ascii.arrayOffset(), length);
    } else {
      to.setCharSequence(at, text, StandardCharsets.US_ASCII);
    }
    return at + length;
  }

  private static boolean framed(CharSequence name, boolean length, boolean connection) {
    return switch (name.length()) {
      case 10 -> connection && AsciiString.contentEqualsIgnoreCase(name, HeaderNames.CONNECTION);
      case 14 -> length && AsciiString.contentEqualsIgnoreCase(name, HeaderNames.CONTENT_LENGTH);
      default -> false;
    };
  }
}
