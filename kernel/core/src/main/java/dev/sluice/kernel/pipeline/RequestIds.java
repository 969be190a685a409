package dev.sluice.kernel.pipeline;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/** Makes request ids on one event loop: 32 lower-case hexadecimal digits. They need to be unique, not secret. */
final class RequestIds {

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
  private final byte[] digits = new byte[32];

  @SuppressWarnings("deprecation") // The fast way from bytes that are ASCII to a string.
  String next() {
    write(random.nextLong(), 0);
    write(random.nextLong(), 16);
    return new String(digits, 0, 0, 32);
  }

  private void write(long bits, int at) {
    long rest = bits;
    for (int i = at; i < at + 16; i++) {
      digits[i] = DIGITS[(int) (rest & 15)];
      rest >>>= 4;
    }
  }
}
