package dev.sluice.plugins.grpcgateway;

import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PathTemplateTest {

  @Test
  void takesFieldsOutOfPaths() {
    PathTemplate shelf = PathTemplate.of("/v1/shelves/{shelf}/books/{book.id}");
    assertThat(shelf.match("/v1/shelves/a%2Fb/books/1+2")).contains(Map.of("shelf", "a/b", "book.id", "1+2"));
    assertThat(shelf.match("/v1/shelves//books/1")).isEmpty();
    assertThat(shelf.match("/v1/shelves/a/b/books/1")).isEmpty();
    assertThat(PathTemplate.of("/v1/{name=shelves/*/books/*}").match("/v1/shelves/s/books/b"))
        .contains(Map.of("name", "shelves/s/books/b"));
    assertThat(PathTemplate.of("/v1/{rest=**}:list").match("/v1/a/b/c:list")).contains(Map.of("rest", "a/b/c"));
    assertThat(PathTemplate.of("/v1/*/x").match("/v1/any/x")).contains(Map.of());
    assertThat(PathTemplate.of("/v1.0").match("/v1x0")).isEmpty();
  }

  @Test
  void aTemplateThatIsBrokenIsRefused() {
    assertThatThrownBy(() -> PathTemplate.of("/v1/{name")).isInstanceOf(IllegalArgumentException.class);
  }
}
