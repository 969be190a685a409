package dev.sluice.kernel.intake;

import dev.sluice.api.ApiVersion;
import dev.sluice.kernel.host.JarForm;
import dev.sluice.kernel.host.Seam;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Looks at a jar before any of its classes is loaded. */
final class JarVerifier {

  private static final int MAX_ENTRIES = 100_000;

  private JarVerifier() {}

  /**
   * What a jar says of itself.
   *
   * @param name the plugin's name
   * @param version the plugin's version
   * @param form what is to be known to load it
   */
  record Verified(String name, String version, JarForm form) {}

  /**
   * Checks a jar.
   *
   * @throws RefusedException with the reason
   */
  static Verified verify(Path jar) {
    try (JarFile file = new JarFile(jar.toFile(), true)) {
      Attributes manifest = manifest(file);
      noClassesOfTheSeam(file);
      String extension = oneExtension(file);
      boolean insides = manifest.getValue(Seam.INSIDES_ATTRIBUTE) != null;
      String name = required(manifest, "Plugin-Id");
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
        throw new RefusedException("its Plugin-Id '" + name + "' is not a name");
      }
      return new Verified(name, required(manifest, "Plugin-Version"), new JarForm(extension, insides));
    } catch (IOException | SecurityException e) {
      throw new RefusedException("it is no readable jar (" + e.getMessage() + ")");
    }
  }

  private static Attributes manifest(JarFile file) throws IOException {
    Manifest manifest = file.getManifest();
    if (manifest == null) {
      throw new RefusedException("it has no manifest");
    }
    Attributes attributes = manifest.getMainAttributes();
    String wanted = required(attributes, ApiVersion.MANIFEST_ATTRIBUTE);
    try {
      if (!ApiVersion.CURRENT.accepts(ApiVersion.parse(wanted))) {
        throw new RefusedException("it wants plugin API " + wanted + ", and this is " + ApiVersion.CURRENT);
      }
    } catch (IllegalArgumentException e) {
      throw new RefusedException("its " + ApiVersion.MANIFEST_ATTRIBUTE + " is " + e.getMessage());
    }
    String insides = attributes.getValue(Seam.INSIDES_ATTRIBUTE);
    if (insides != null && !insides.trim().equals(Seam.vertxVersion())) {
      throw new RefusedException(
          "it was built for the insides of Vert.x " + insides.trim() + ", and this is " + Seam.vertxVersion());
    }
    return attributes;
  }

  private static String required(Attributes manifest, String attribute) {
    String value = manifest.getValue(attribute);
    if (value == null || value.isBlank()) {
      throw new RefusedException("its manifest has no " + attribute);
    }
    return value.trim();
  }

  private static void noClassesOfTheSeam(JarFile file) {
    int count = 0;
    for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
      String name = entries.nextElement().getName();
      if (++count > MAX_ENTRIES) {
        throw new RefusedException("it has more than " + MAX_ENTRIES + " entries");
      }
      if (name.startsWith("/") || name.contains("..") && List.of(name.split("[/\\\\]", -1)).contains("..")) {
        throw new RefusedException("its entry '" + name + "' leads outside");
      }
      String plain = name.startsWith("META-INF/versions/") ? name.replaceFirst("META-INF/versions/\\d+/", "") : name;
      if (plain.endsWith(".class") && Seam.holds(plain.replace('/', '.'))) {
        throw new RefusedException("it bundles " + name + ", which belongs to the gateway: use scope 'provided'");
      }
    }
  }

  private static String oneExtension(JarFile file) throws IOException {
    JarEntry index = file.getJarEntry("META-INF/extensions.idx");
    if (index == null) {
      throw new RefusedException(
          "it has no META-INF/extensions.idx: no class with @Extension, or the annotation processor did not run");
    }
    List<String> extensions;
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(file.getInputStream(index), StandardCharsets.UTF_8))) {
      extensions = reader.lines().map(line -> line.split("#", 2)[0].trim()).filter(line -> !line.isEmpty()).toList();
    }
    if (extensions.size() != 1) {
      throw new RefusedException("it has " + extensions.size() + " extensions, expected exactly one");
    }
    return extensions.get(0);
  }

  /** A jar is refused; the message says why, in words that follow the file's name. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message, null, false, false);
    }
  }
}
