package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminEndpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EndpointTableTest {

  private static AdminEndpoint endpoint(String method, String template) {
    return new AdminEndpoint(method, template, call -> Answers.message(200, template));
  }

  private static final EndpointTable TABLE =
      new EndpointTable.Builder()
          .add(endpoint("GET", "/"))
          .add(endpoint("GET", "/a-b"))
          .add(endpoint("GET", "/a"))
          .add(endpoint("POST", "/a"))
          .add(endpoint("GET", "/a/{x}"))
          .add(endpoint("PUT", "/a/{y}"))
          .add(endpoint("GET", "/a/all"))
          .add(endpoint("GET", "/a/{x}/b/{z}"))
          .add(endpoint("DELETE", "/a/all/c"))
          .add(endpoint("GET", "/hidden/{x}"))
          .disable("/hidden/{x}")
          .build();

  private static String template(String method, String... path) {
    return TABLE.find(List.of(path)).flatMap(match -> match.resource().endpoint(method)).orElseThrow().template();
  }

  @Test
  void prefersLiteralSegments() {
    assertThat(template("GET")).isEqualTo("/");
    assertThat(template("GET", "a", "all")).isEqualTo("/a/all");
    assertThat(template("GET", "a", "one")).isEqualTo("/a/{x}");
    assertThat(template("GET", "a", "all", "b", "1")).isEqualTo("/a/{x}/b/{z}");
    assertThat(template("HEAD", "a", "one")).isEqualTo("/a/{x}");
    assertThat(TABLE.find(List.of("a", "all")).orElseThrow().resource().endpoint("PUT")).isEmpty();
  }

  @Test
  void findsNothingElse() {
    assertThat(TABLE.find(List.of("b"))).isEmpty();
    assertThat(TABLE.find(List.of("a", ""))).isEmpty();
    assertThat(TABLE.find(List.of("", "a"))).isEmpty();
    assertThat(TABLE.find(List.of("a", "x", "b"))).isEmpty();
    assertThat(TABLE.find(List.of("hidden", "1"))).isEmpty();
  }

  @Test
  void namesParametersAsEachEndpointDoes() {
    EndpointTable.Match match = TABLE.find(List.of("a", "1")).orElseThrow();
    assertThat(match.parameters(match.resource().endpoint("GET").orElseThrow())).isEqualTo(Map.of("x", "1"));
    assertThat(match.parameters(match.resource().endpoint("PUT").orElseThrow())).isEqualTo(Map.of("y", "1"));
    EndpointTable.Match deep = TABLE.find(List.of("a", "1", "b", "2")).orElseThrow();
    assertThat(deep.parameters(deep.resource().endpoint("GET").orElseThrow())).isEqualTo(Map.of("x", "1", "z", "2"));
  }

  @Test
  void tellsTheMethods() {
    assertThat(TABLE.find(List.of("a")).orElseThrow().resource().allowed()).isEqualTo("GET, HEAD, OPTIONS, POST");
    assertThat(TABLE.find(List.of("a", "all", "c")).orElseThrow().resource().allowed()).isEqualTo("DELETE, OPTIONS");
  }

  @Test
  void listsTemplatesSegmentBySegment() {
    assertThat(TABLE.templates())
        .containsExactly("/", "/a", "/a/all", "/a/all/c", "/a/{x}", "/a/{x}/b/{z}", "/a-b", "/hidden/{x}");
  }
}
