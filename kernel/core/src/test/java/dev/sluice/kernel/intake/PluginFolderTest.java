package dev.sluice.kernel.intake;

import dev.sluice.api.ApiVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What a start takes over from the one before. Later starts are had by a clock that is an hour ahead. */
class PluginFolderTest {

  private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

  @TempDir private Path root;
  private Path folder;
  private Path work;

  @BeforeEach
  void folders() throws IOException {
    folder = Files.createDirectory(root.resolve("plugins"));
    work = root.resolve("work");
  }

  private Path jar(String version) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Plugin-Id", "sample");
    attributes.putValue("Plugin-Version", version);
    attributes.putValue(ApiVersion.MANIFEST_ATTRIBUTE, ApiVersion.CURRENT.toString());
    Path file = folder.resolve("sample.jar");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      jar.putNextEntry(new ZipEntry("META-INF/extensions.idx"));
      jar.write("a.Sample # the one\n".getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private StagedJar look(Clock clock) throws IOException {
    PluginFolder plugins = new PluginFolder(folder, work, clock);
    StagedJar jar = plugins.look(true).orElseThrow().jars().get("sample");
    plugins.sweep(List.of());
    return jar;
  }

  /** Whether a start has read the jar: it makes the copy anew then, or leaves it, which is told by its bytes. */
  private boolean spoilt(StagedJar jar) throws IOException {
    return Files.readAllBytes(jar.copy())[0] == 0;
  }

  private static void spoil(StagedJar jar) throws IOException {
    byte[] bytes = Files.readAllBytes(jar.copy());
    bytes[0] = 0;
    Files.write(jar.copy(), bytes);
  }

  /** Lets time go by until a change of now shows another time than that of a file; clocks of file systems are coarse. */
  private void tick(Path file) throws IOException {
    Object before = Files.getAttribute(file, "unix:ctime");
    Path probe = root.resolve("probe");
    do {
      Files.writeString(probe, "x");
    } while (Files.getAttribute(probe, "unix:ctime").equals(before));
  }

  @Test
  void takesWhatHasNotChangedAsItWas() throws IOException {
    jar("1");
    StagedJar first = look(LATER);
    assertThat(first.form().extension()).isEqualTo("a.Sample");
    assertThat(first.form().insides()).isFalse();
    // Nobody would take it for a jar any more who looked into it.
    spoil(first);
    assertThat(look(LATER)).isEqualTo(first);
    assertThat(spoilt(first)).isTrue();
  }

  @Test
  void readsAgainWhatHasChanged() throws IOException {
    Path file = jar("1");
    FileTime time = Files.getLastModifiedTime(file);
    StagedJar first = look(LATER);
    tick(file);
    jar("2");
    // The same size, and by will or by chance the same time.
    Files.setLastModifiedTime(file, time);
    assertThat(look(LATER).id().version()).isEqualTo("2");
    assertThat(first.copy()).doesNotExist();
  }

  @Test
  void doesNotTrustWhatIsTooYoung() throws IOException {
    jar("1");
    look(Clock.systemUTC());
    assertThat(work.resolve(KnownCopies.FILE)).doesNotExist();
  }

  @Test
  void makesCopiesAgainThatWereLostOrCutShort() throws IOException {
    jar("1");
    StagedJar first = look(LATER);
    Files.delete(first.copy());
    assertThat(look(LATER)).isEqualTo(first);
    assertThat(first.copy()).exists();
    Files.write(first.copy(), new byte[0]);
    assertThat(look(LATER)).isEqualTo(first);
    assertThat(first.copy()).isNotEmptyFile();
  }

  @Test
  void aListThatCannotBeReadOrIsOfOthersCountsForNothing() throws IOException {
    jar("1");
    StagedJar first = look(LATER);
    Path list = work.resolve(KnownCopies.FILE);
    List<String> lines = Files.readAllLines(list);
    Files.write(list, List.of("jars that have passed other checks", lines.get(1)));
    assertThat(look(LATER)).isEqualTo(first);
    assertThat(Files.readAllLines(list)).isEqualTo(lines);
    Files.write(list, List.of(lines.get(0), "sample.jar\tx", lines.get(1).replace(".jar\tsample", "\tsample")));
    assertThat(look(LATER)).isEqualTo(first);
  }
}
