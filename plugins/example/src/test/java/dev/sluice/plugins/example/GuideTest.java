package dev.sluice.plugins.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The guide for authors shows the code of this module, not something like it. */
class GuideTest {

  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Pattern BLOCK = Pattern.compile("```(java|xml)\n(.*?)```", Pattern.DOTALL);

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The sources, and the pom. */
  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(MODULE.resolve("src"))) {
      return Stream.concat(files.filter(Files::isRegularFile), Stream.of(MODULE.resolve("pom.xml")))
          .map(GuideTest::read)
          .toList();
    }
  }

  @Test
  void whatTheGuideShowsIsInTheModule() throws IOException {
    List<String> sources = sources();
    List<String> blocks = BLOCK.matcher(read(MODULE.resolveSibling("README.md"))).results()
        .map((MatchResult block) -> block.group(2))
        .toList();
    assertThat(blocks).hasSizeGreaterThan(5);
    assertThat(blocks).allSatisfy(block -> assertThat(sources).anyMatch(source -> source.contains(block)));
  }
}
