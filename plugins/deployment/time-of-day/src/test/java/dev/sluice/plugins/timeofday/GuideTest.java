package dev.sluice.plugins.timeofday;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The guide to strategies shows the code of this module, not something like it. */
class GuideTest {

  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Pattern BLOCK = Pattern.compile("```(?:java|xml)\n(.*?)```", Pattern.DOTALL);

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatTheGuideShowsIsInTheModule() throws IOException {
    List<String> sources;
    try (Stream<Path> files = Files.walk(MODULE.resolve("src"))) {
      sources =
          Stream.concat(files.filter(Files::isRegularFile), Stream.of(MODULE.resolve("pom.xml")))
              .map(GuideTest::read)
              .toList();
    }
    List<String> blocks =
        BLOCK.matcher(read(MODULE.resolveSibling("README.md"))).results().map(block -> block.group(1)).toList();
    assertThat(blocks).hasSizeGreaterThan(4);
    assertThat(blocks).allSatisfy(block -> assertThat(sources).anyMatch(source -> source.contains(block)));
  }
}
