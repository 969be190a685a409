package dev.sluice.plugins.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

final class UpstreamPathTest {

  private static final List<String> REQUESTS = List.of("/", "/r", "/r/", "/rq", "/r/q");

  /** Path of the service, path of the route, then the outcome for each of the requests; a dash where none matches. */
  private static final String V0_STRIPPING =
      """
      /       /       | /         /r        /r/       /rq       /r/q
      /       /r      | -         /         /         /q        /q
      /       /r/     | -         -         /         -         /q
      /       (none)  | /         /r        /r/       /rq       /r/q
      /base   /       | /base     /base/r   /base/r/  /base/rq  /base/r/q
      /base   /r      | -         /base     /base/    /base/q   /base/q
      /base   /r/     | -         -         /base/    -         /base/q
      /base   (none)  | /base     /base/r   /base/r/  /base/rq  /base/r/q
      /base/  /       | /base/    /base/r   /base/r/  /base/rq  /base/r/q
      /base/  /r      | -         /base     /base/    /base/q   /base/q
      /base/  /r/     | -         -         /base/    -         /base/q
      /base/  (none)  | /base/    /base/r   /base/r/  /base/rq  /base/r/q
      """;

  private static final String V0_KEEPING =
      """
      /       /       | /         /r        /r/       /rq       /r/q
      /       /r      | -         /r        /r/       /rq       /r/q
      /       /r/     | -         -         /r/       -         /r/q
      /       (none)  | /         /r        /r/       /rq       /r/q
      /base   /       | /base     /base/r   /base/r/  /base/rq  /base/r/q
      /base   /r      | -         /base/r   /base/r/  /base/rq  /base/r/q
      /base   /r/     | -         -         /base/r/  -         /base/r/q
      /base   (none)  | /base     /base/r   /base/r/  /base/rq  /base/r/q
      /base/  /       | /base/    /base/r   /base/r/  /base/rq  /base/r/q
      /base/  /r      | -         /base/r   /base/r/  /base/rq  /base/r/q
      /base/  /r/     | -         -         /base/r/  -         /base/r/q
      /base/  (none)  | /base/    /base/r   /base/r/  /base/rq  /base/r/q
      """;

  private static final String V1_STRIPPING =
      """
      /       /       | /         /r        /r/       /rq       /r/q
      /       /r      | -         /         /         /q        /q
      /       /r/     | -         -         /         -         /q
      /       (none)  | /         /r        /r/       /rq       /r/q
      /base   /       | /base     /baser    /baser/   /baserq   /baser/q
      /base   /r      | -         /base     /base/    /baseq    /base/q
      /base   /r/     | -         -         /base     -         /baseq
      /base   (none)  | /base     /baser    /baser/   /baserq   /baser/q
      /base/  /       | /base/    /base/r   /base/r/  /base/rq  /base/r/q
      /base/  /r      | -         /base/    /base/    /base/q   /base/q
      /base/  /r/     | -         -         /base/    -         /base/q
      /base/  (none)  | /base/    /base/r   /base/r/  /base/rq  /base/r/q
      """;

  private static final String V1_KEEPING =
      """
      /       /       | /         /r        /r/       /rq       /r/q
      /       /r      | -         /r        /r/       /rq       /r/q
      /       /r/     | -         -         /r/       -         /r/q
      /       (none)  | /         /r        /r/       /rq       /r/q
      /base   /       | /base     /baser    /baser/   /baserq   /baser/q
      /base   /r      | -         /baser    /baser/   /baserq   /baser/q
      /base   /r/     | -         -         /baser/   -         /baser/q
      /base   (none)  | /base     /baser    /baser/   /baserq   /baser/q
      /base/  /       | /base/    /base/r   /base/r/  /base/rq  /base/r/q
      /base/  /r      | -         /base/r   /base/r/  /base/rq  /base/r/q
      /base/  /r/     | -         -         /base/r/  -         /base/r/q
      /base/  (none)  | /base/    /base/r   /base/r/  /base/rq  /base/r/q
      """;

  @TestFactory
  Stream<DynamicTest> joinsAsTheTablesSay() {
    return Stream.of(
            cases("v0 stripping", V0_STRIPPING, (base, path, length) -> UpstreamPath.v0(base, path, length, true)),
            cases("v0 keeping", V0_KEEPING, (base, path, length) -> UpstreamPath.v0(base, path, length, false)),
            cases("v1 stripping", V1_STRIPPING, (base, path, length) -> UpstreamPath.v1(base, path, length, true)),
            cases("v1 keeping", V1_KEEPING, (base, path, length) -> UpstreamPath.v1(base, path, length, false)))
        .flatMap(List::stream);
  }

  @Test
  void aRestThatBeginsWithADotSegmentIsCutBehindIt() {
    int route = "/route".length();

    assertThat(UpstreamPath.v0("/service", "/route./req", route, true)).isEqualTo("/service/req");
    assertThat(UpstreamPath.v0("/service", "/route../req", route, true)).isEqualTo("/service/req");
    assertThat(UpstreamPath.v1("/service", "/route./req", route, true)).isEqualTo("/servicereq");
    assertThat(UpstreamPath.v1("/service", "/route../req", route, true)).isEqualTo("/servicereq");
    assertThat(UpstreamPath.v1("/service/", "/route../req", route, true)).isEqualTo("/service/req");
    assertThat(UpstreamPath.v0("/service", "/route.", route, true)).isEqualTo("/service");
    assertThat(UpstreamPath.v0("/service", "/route..", route, true)).isEqualTo("/service");
    assertThat(UpstreamPath.v0("/", "/route..", route, true)).isEqualTo("/");
  }

  @Test
  void dotsThatAreNoSegmentStay() {
    int route = "/route".length();

    assertThat(UpstreamPath.v0("/service", "/route.json", route, true)).isEqualTo("/service/.json");
    assertThat(UpstreamPath.v0("/service", "/route...", route, true)).isEqualTo("/service/...");
    assertThat(UpstreamPath.v0("/service", "/route..x/y", route, true)).isEqualTo("/service/..x/y");
    assertThat(UpstreamPath.v0("/service", "/route./req", route, false)).isEqualTo("/service/route./req");
    assertThat(UpstreamPath.v1("/service/", "/route../req", route, false)).isEqualTo("/service/route../req");
  }

  @Test
  void aPathThatNeedsNoChangeIsNotCopied() {
    String path = "/some/path";

    assertThat(UpstreamPath.v0("/", path, UpstreamPath.NO_PATH, false)).isSameAs(path);
  }

  private static List<DynamicTest> cases(String mode, String table, Join join) {
    List<DynamicTest> cases = new ArrayList<>();
    for (String line : table.lines().toList()) {
      List<String> cells = List.of(line.replace("|", " ").trim().split(" +", -1));
      String base = cells.get(0);
      String route = cells.get(1);
      for (int i = 0; i < REQUESTS.size(); i++) {
        String request = REQUESTS.get(i);
        String expected = cells.get(i + 2);
        if (expected.equals("-")) {
          assertThat(request).doesNotStartWith(route);
          continue;
        }
        int length = route.equals("(none)") ? UpstreamPath.NO_PATH : route.length();
        cases.add(
            dynamicTest(
                String.join(" ", mode, base, route, request),
                () -> assertThat(join.path(base, request, length)).isEqualTo(expected)));
      }
    }
    return cases;
  }

  private interface Join {
    String path(String base, String path, int matched);
  }
}
