package dev.sluice.plugins.pluginjars;

import dev.sluice.api.ApiVersion;
import dev.sluice.api.admin.ApiError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/**
 * What a jar says of itself, so much as names its file. The node's own checks come after; these keep out what is no
 * plugin at all before anything of it is in the folder.
 *
 * @param plugin its name; safe as a part of a file's name
 * @param version its version
 * @param generation as the node counts them: the first digits of the jar's SHA-256
 */
record JarHead(String plugin, String version, String generation) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final String EXTENSIONS = "META-INF/extensions.idx";
  private static final int DIGITS = 12;
  private static final int MOST_ENTRIES = 100_000;

  /**
   * Reads a jar.
   *
   * @throws ApiError when it is no plugin's
   */
  static JarHead of(byte[] jar) {
    try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar), false)) {
      Manifest manifest = in.getManifest();
      if (manifest == null) {
        throw refused("it is no jar, or its manifest is not its first entry");
      }
      Attributes attributes = manifest.getMainAttributes();
      List.of("Plugin-Id", "Plugin-Version", ApiVersion.MANIFEST_ATTRIBUTE).forEach(name -> required(attributes, name));
      String plugin = required(attributes, "Plugin-Id");
      if (!NAME.matcher(plugin).matches()) {
        throw refused("its Plugin-Id is not a name");
      }
      if (!holds(in, EXTENSIONS)) {
        throw refused("it has no " + EXTENSIONS);
      }
      return new JarHead(plugin, required(attributes, "Plugin-Version"), generation(jar));
    } catch (IOException | IllegalArgumentException e) {
      throw refused("it is no readable jar");
    }
  }

  private static boolean holds(JarInputStream in, String wanted) throws IOException {
    int count = 0;
    for (ZipEntry entry = in.getNextEntry(); entry != null && count < MOST_ENTRIES; entry = in.getNextEntry()) {
      if (entry.getName().equals(wanted)) {
        return true;
      }
      count++;
    }
    return false;
  }

  private static String required(Attributes attributes, String name) {
    String value = attributes.getValue(name);
    if (value == null || value.isBlank()) {
      throw refused("its manifest has no " + name);
    }
    return value.trim();
  }

  private static ApiError refused(String why) {
    return ApiError.of(400, "the body is no plugin jar: " + why);
  }

  private static String generation(byte[] jar) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar)).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
