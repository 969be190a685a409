package dev.sluice.kernel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ClassArchiveTest {

  @TempDir private Path home;

  @Test
  void fitsTheJarsThatItWasMadeFor() throws IOException {
    Path lib = Files.createDirectory(home.resolve("lib"));
    Path jar = Files.writeString(lib.resolve("a.jar"), "one");
    ClassArchive archive = new ClassArchive(home);
    assertThat(archive.fits()).isFalse();
    archive.note();
    assertThat(archive.fits()).as("without the archive itself").isFalse();
    Files.writeString(lib.resolve("sluice.jsa"), "classes");
    assertThat(archive.fits()).isTrue();
    Files.writeString(jar, "others");
    assertThat(archive.fits()).as("with another jar").isFalse();
    archive.note();
    Files.writeString(lib.resolve("sluice.jsa"), "classes again");
    assertThat(archive.fits()).isTrue();
    Files.writeString(lib.resolve("b.jar"), "more");
    assertThat(archive.fits()).as("with one jar more").isFalse();
  }

  @Test
  void anArchiveOfBeforeFitsNoNewerNote() throws IOException {
    Path lib = Files.createDirectory(home.resolve("lib"));
    Path old = Files.writeString(lib.resolve("sluice.jsa"), "classes of other jars");
    Files.writeString(lib.resolve("a.jar"), "one");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(60)));
    ClassArchive archive = new ClassArchive(home);
    archive.note();
    assertThat(archive.fits()).as("what was to replace it has not come").isFalse();
    Files.writeString(old, "classes of these jars");
    assertThat(archive.fits()).isTrue();
  }
}
