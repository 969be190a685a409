package dev.sluice.plugins.mirror;

import dev.sluice.api.deployment.CopiedAnswer;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** Bodies as they are compared. */
final class Body {

  /** The most bytes of an unpacked body; what is longer is compared as it came. */
  private static final int MOST = 8 * 1024 * 1024;

  private static final int SHOWN_DIGITS = 16;

  private Body() {}

  /** The body, unpacked if it is packed with gzip: two servers may pack the same bytes in two ways. */
  static Buffer plain(CopiedAnswer answer) {
    String coding = answer.headers().get("Content-Encoding").orElse("");
    if (!coding.equalsIgnoreCase("gzip") || answer.body().length() == 0) {
      return answer.body();
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body().getBytes()))) {
      byte[] unpacked = in.readNBytes(MOST + 1);
      return unpacked.length > MOST ? answer.body() : Buffer.buffer(unpacked);
    } catch (IOException e) {
      return answer.body();
    }
  }

  /** Enough to tell two bodies apart, and nothing of what is in them. */
  static String shown(Buffer body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes());
      return body.length() + " bytes, sha256 " + HexFormat.of().formatHex(hash).substring(0, SHOWN_DIGITS) + "…";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
