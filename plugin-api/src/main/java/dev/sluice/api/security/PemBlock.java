package dev.sluice.api.security;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One block of a PEM text. Immutable. */
public final class PemBlock {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]++)-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");

  private final String label;
  private final byte[] der;

  private PemBlock(String label, byte[] der) {
    this.label = label;
    this.der = der;
  }

  /**
   * The blocks of a text; what stands between them is left out, and so are blocks with headers, which are encrypted.
   *
   * @throws IllegalArgumentException when a block is no Base64
   */
  public static List<PemBlock> parse(String text) {
    List<PemBlock> blocks = new ArrayList<>();
    Matcher found = BLOCK.matcher(text);
    while (found.find()) {
      blocks.add(new PemBlock(found.group(1), Base64.getDecoder().decode(found.group(2).replaceAll("\\s", ""))));
    }
    return blocks;
  }

  /** What the block says it is, such as {@code CERTIFICATE}. */
  public String label() {
    return label;
  }

  /** The decoded body. */
  public byte[] der() {
    return der.clone();
  }
}
