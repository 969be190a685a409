package dev.sluice.kernel.pipeline;

import io.netty.util.AsciiString;
import java.util.Arrays;

/**
 * Names of header lines that one event loop has read before: clients and upstreams send the same few again and again, and a name
 * made once knows its hash. Each name has one place, where the last one stays; so whoever sends names without end gains
 * and costs nothing.
 */
public final class SeenNames {

  private static final int PLACES = 512;
  private static final int LONGEST = 48;

  private final AsciiString[] places = new AsciiString[PLACES];

  /** The name that stands in some bytes, in just this spelling. */
  public AsciiString of(byte[] bytes, int start, int length) {
    if (length == 0 || length > LONGEST) {
      return new AsciiString(bytes, start, length, true);
    }
    int place = place(bytes, start, length);
    AsciiString seen = places[place];
    if (seen == null || !same(seen, bytes, start, length)) {
      seen = new AsciiString(bytes, start, length, true);
      places[place] = seen;
    }
    return seen;
  }

  private static int place(byte[] bytes, int start, int length) {
    int hash = 31 * bytes[start] + bytes[start + length / 2];
    hash = 31 * hash + bytes[start + length - 1];
    return (31 * hash + length) & (PLACES - 1);
  }

  private static boolean same(AsciiString seen, byte[] bytes, int start, int length) {
    return seen.length() == length && Arrays.equals(seen.array(), 0, length, bytes, start, start + length);
  }
}
