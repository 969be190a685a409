package dev.sluice.kernel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Files.writeString(lib.resolve("b.jar"), "more");
    assertThat(archive.fits()).as("with one jar more").isFalse();
  }
}
