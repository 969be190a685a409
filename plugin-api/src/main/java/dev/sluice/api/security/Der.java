package dev.sluice.api.security;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** As much of DER as it takes to wrap a key in the structure that the JDK reads. */
final class Der {

  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int NULL = 0x05;
  static final int OID = 0x06;
  static final int SEQUENCE = 0x30;
  static final int CONTEXT_0 = 0xa0;

  private Der() {}

  /**
   * An element of a structure.
   *
   * @param tag its type
   * @param content what is in it; not copied
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Element(int tag, byte[] content) {}

  /** Encodes one element out of its parts. */
  static byte[] of(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length < 0x80) {
      out.write(length);
    } else {
      int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
      out.write(0x80 | octets);
      for (int shift = (octets - 1) * 8; shift >= 0; shift -= 8) {
        out.write(length >> shift);
      }
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  /**
   * The elements that follow each other in some bytes.
   *
   * @throws IllegalArgumentException when the bytes end too early
   */
  static List<Element> elements(byte[] bytes) {
    List<Element> elements = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      int tag = octet(bytes, at++);
      int length = octet(bytes, at++);
      if (length >= 0x80) {
        int octets = length & 0x7f;
        length = 0;
        for (int i = 0; i < octets; i++) {
          length = length << 8 | octet(bytes, at++);
        }
      }
      if (length < 0 || length > bytes.length - at) {
        throw new IllegalArgumentException("the structure ends too early");
      }
      elements.add(new Element(tag, Arrays.copyOfRange(bytes, at, at + length)));
      at += length;
    }
    return elements;
  }

  private static int octet(byte[] bytes, int at) {
    if (at >= bytes.length) {
      throw new IllegalArgumentException("the structure ends too early");
    }
    return bytes[at] & 0xff;
  }
}
