package dev.sluice.plugins.loadbalancing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The hash function xxHash32 with the seed 0, after its public specification. */
final class XxHash32 {

  private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int PRIME1 = 0x9E37_79B1;
  private static final int PRIME2 = 0x85EB_CA77;
  private static final int PRIME1_PLUS_PRIME2 = 0x2423_4428;
  private static final int PRIME3 = 0xC2B2_AE3D;
  private static final int PRIME4 = 0x27D4_EB2F;
  private static final int PRIME5 = 0x1656_67B1;
  private static final int STRIPE = 16;

  private XxHash32() {}

  /** The hash as an unsigned number. */
  static long hash(byte[] input) {
    int at = 0;
    int hash;
    if (input.length < STRIPE) {
      hash = PRIME5;
    } else {
      int a = PRIME1_PLUS_PRIME2;
      int b = PRIME2;
      int c = 0;
      int d = -PRIME1;
      for (; at <= input.length - STRIPE; at += STRIPE) {
        a = round(a, word(input, at));
        b = round(b, word(input, at + 4));
        c = round(c, word(input, at + 8));
        d = round(d, word(input, at + 12));
      }
      hash = Integer.rotateLeft(a, 1)
          + Integer.rotateLeft(b, 7)
          + Integer.rotateLeft(c, 12)
          + Integer.rotateLeft(d, 18);
    }
    hash += input.length;
    for (; at <= input.length - 4; at += 4) {
      hash = Integer.rotateLeft(hash + word(input, at) * PRIME3, 17) * PRIME4;
    }
    for (; at < input.length; at++) {
      hash = Integer.rotateLeft(hash + (input[at] & 0xFF) * PRIME5, 11) * PRIME1;
    }
    hash = (hash ^ hash >>> 15) * PRIME2;
    hash = (hash ^ hash >>> 13) * PRIME3;
    return Integer.toUnsignedLong(hash ^ hash >>> 16);
  }

  private static int round(int lane, int word) {
    return Integer.rotateLeft(lane + word * PRIME2, 13) * PRIME1;
  }

  private static int word(byte[] input, int at) {
    return (int) INTS.get(input, at);
  }
}
