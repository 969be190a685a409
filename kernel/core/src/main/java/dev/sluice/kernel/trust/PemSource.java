package dev.sluice.kernel.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** What a setting means that gives certificates or keys: the name of a file, a PEM text, or that text in Base64. */
public final class PemSource {

  private static final String BEGIN = "-----BEGIN ";

  private PemSource() {}

  /** The PEM text; empty when there is no such file. Reads files. */
  public static Optional<String> read(String setting) {
    if (setting.contains(BEGIN)) {
      return Optional.of(setting);
    }
    try {
      Path file = Path.of(setting);
      if (Files.isReadable(file)) {
        return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException | InvalidPathException e) {
      // Then it is no file.
    }
    try {
      String text = new String(Base64.getMimeDecoder().decode(setting), StandardCharsets.ISO_8859_1);
      return text.contains(BEGIN) ? Optional.of(text) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
