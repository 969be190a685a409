package dev.sluice.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A plugin jar of the distribution, changed: another version of it, or one that is wrong in some way. */
final class Jars {

  private final Path original;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final Map<String, Optional<byte[]>> entries = new TreeMap<>();

  private Jars(Path original) {
    this.original = original;
  }

  static Jars from(Path original) {
    return new Jars(original);
  }

  Jars attribute(String name, String value) {
    attributes.put(name, value);
    return this;
  }

  Jars entry(String name, String content) {
    entries.put(name, Optional.of(content.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  Jars without(String name) {
    entries.put(name, Optional.empty());
    return this;
  }

  byte[] bytes() {
    try {
      Path file = Files.createTempFile("changed", ".jar");
      try {
        write(file);
        return Files.readAllBytes(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Path file) throws IOException {
    try (JarFile jar = new JarFile(original.toFile())) {
      Manifest manifest = new Manifest(jar.getManifest());
      attributes.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
        for (JarEntry entry : jar.stream().toList()) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME) && !entries.containsKey(entry.getName())) {
            out.putNextEntry(new JarEntry(entry.getName()));
            try (InputStream in = jar.getInputStream(entry)) {
              in.transferTo(out);
            }
          }
        }
        for (Map.Entry<String, Optional<byte[]>> each : entries.entrySet()) {
          if (each.getValue().isPresent()) {
            out.putNextEntry(new JarEntry(each.getKey()));
            out.write(each.getValue().get());
          }
        }
      }
    }
  }

  /** Puts a file in place in one move, as {@code mv} does: nobody sees a half of it. */
  static void put(byte[] content, Path place) {
    try {
      Path part = place.resolveSibling(place.getFileName() + ".part");
      Files.write(part, content);
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void remove(Path place) {
    try {
      Files.delete(place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
