package dev.sluice.testkit;

import dev.sluice.kernel.host.Seam;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/** Puts plugin jars together for tests: from the classes of a module, good ones and broken ones. */
public final class TestJar {

  private final Map<String, byte[]> entries = new TreeMap<>();
  private final Map<String, String> manifest = new LinkedHashMap<>();

  private TestJar(String name) {
    manifest.put("Plugin-Id", name);
    manifest.put("Plugin-Version", "1.0");
    manifest.put("Sluice-Api", "1.0");
  }

  /** A jar of that name with nothing in it. */
  public static TestJar named(String name) {
    return new TestJar(name);
  }

  /** The jar of the module whose test runs, from its compiled classes. */
  public static TestJar ofThisModule(String name) {
    return named(name).classes(Path.of(System.getProperty("sluice.module.classes", "target/classes")));
  }

  /** The jar of the module as it is shipped, shaded and all; {@code sluice.plugin.jar} names it, after the packaging. */
  public static TestJar shipped() {
    Path file = Path.of(System.getProperty("sluice.plugin.jar"));
    try (JarFile jar = new JarFile(file.toFile())) {
      Attributes attributes = jar.getManifest().getMainAttributes();
      TestJar copy = named(attributes.getValue("Plugin-Id")).copy(jar, name -> !name.equals(JarFile.MANIFEST_NAME));
      attributes.forEach((name, value) -> copy.manifest.put(name.toString(), value.toString()));
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds all files below a folder. */
  public TestJar classes(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        entries.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a class with those nested in it, from the class path of the test. */
  public TestJar type(Class<?> type) {
    add(type);
    for (Class<?> nested : type.getDeclaredClasses()) {
      type(nested);
    }
    return this;
  }

  private void add(Class<?> type) {
    String entry = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(entry)) {
      entries.put(entry, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds the library that brings a class, as shading does: all classes and resources of its jar or folder. */
  public TestJar library(Class<?> member) {
    Path source = sourceOf(member);
    if (Files.isDirectory(source)) {
      return classes(source);
    }
    try (JarFile jar = new JarFile(source.toFile())) {
      return copy(jar, name -> !name.startsWith("META-INF/") && !name.equals("module-info.class"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TestJar copy(JarFile jar, Predicate<String> wanted) throws IOException {
    for (JarEntry entry : Collections.list(jar.entries())) {
      if (!entry.isDirectory() && wanted.test(entry.getName())) {
        try (InputStream in = jar.getInputStream(entry)) {
          entries.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return this;
  }

  private static Path sourceOf(Class<?> member) {
    try {
      return Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(member + " comes from nowhere", e);
    }
  }

  /** Names the class with {@code @Extension}. */
  public TestJar extension(String className) {
    return file("META-INF/extensions.idx", "# made by a test\n" + className + "\n");
  }

  /** Adds a file. */
  public TestJar file(String entry, String content) {
    entries.put(entry, content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Leaves out a file. */
  public TestJar without(String entry) {
    entries.remove(entry);
    return this;
  }

  /** Sets an attribute of the manifest; the empty text leaves it out. */
  public TestJar attribute(String name, String value) {
    manifest.put(name, value);
    return this;
  }

  /** Shows it the insides of Vert.x, as libraries on top of it want. */
  public TestJar withInsides() {
    return attribute(Seam.INSIDES_ATTRIBUTE, Seam.vertxVersion());
  }

  /** Makes the bytes differ from those of any other jar. */
  public TestJar stamped(String stamp) {
    return file("stamp", stamp);
  }

  /** Writes the jar beside its place and moves it there, as a careful user does. */
  public Path into(Path folder) {
    return into(folder, manifest.get("Plugin-Id") + ".jar");
  }

  /** Writes the jar under a file name. */
  public Path into(Path folder, String fileName) {
    try {
      Path part = Files.createTempFile(folder, "incoming", ".part");
      write(part);
      return Files.move(
          part, folder.resolve(fileName), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Path file) throws IOException {
    Manifest written = new Manifest();
    written.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            written.getMainAttributes().putValue(name, value);
          }
        });
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), written)) {
      jar.setLevel(Deflater.BEST_SPEED);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        jar.putNextEntry(new JarEntry(entry.getKey()));
        new ByteArrayInputStream(entry.getValue()).transferTo(jar);
        jar.closeEntry();
      }
    }
  }
}
