package dev.sluice.kernel.proxy;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AnswerLinesTest {

  private final HttpHeaders lines = new AnswerLines();

  private List<String> walked() {
    List<String> walked = new ArrayList<>();
    for (Iterator<Map.Entry<CharSequence, CharSequence>> each = lines.iteratorCharSequence(); each.hasNext(); ) {
      Map.Entry<CharSequence, CharSequence> line = each.next();
      walked.add(line.getKey() + "=" + line.getValue());
    }
    return walked;
  }

  @Test
  void keepsManyLinesAsTheyCame() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      lines.add(new AsciiString("X-" + i % 7), "v" + i);
      expected.add("X-" + i % 7 + "=v" + i);
    }
    assertThat(walked()).isEqualTo(expected);
    assertThat(lines.size()).isEqualTo(100);
    assertThat(lines.names()).hasSize(7);
  }

  @Test
  void findsNamesWhateverTheirCase() {
    lines.add("Set-Cookie", "a").add("Via", "x").add("set-cookie", "b");
    assertThat(lines.get("SET-COOKIE")).isEqualTo("a");
    assertThat(lines.getAll(AsciiString.cached("set-COOKIE"))).containsExactly("a", "b");
    assertThat(lines.getAll("via")).containsExactly("x");
    assertThat(lines.getAll("none")).isEmpty();
    assertThat(lines.contains("none")).isFalse();
  }

  @Test
  void takesAllLinesOfANameAway() {
    lines.add("a", "1").add("B", "2").add("A", "3").add("c", "4");
    lines.remove("a");
    assertThat(walked()).containsExactly("B=2", "c=4");
    lines.set("b", "5");
    assertThat(walked()).containsExactly("c=4", "b=5");
    lines.clear();
    assertThat(lines.isEmpty()).isTrue();
  }

  @Test
  void findsWordsInListsAndAlone() {
    lines.add("Connection", "Keep-Alive").add("Transfer-Encoding", "gzip, Chunked");
    assertThat(lines.containsValue("connection", "keep-alive", true)).isTrue();
    assertThat(lines.containsValue("connection", "close", true)).isFalse();
    assertThat(lines.containsValue("transfer-encoding", "chunked", true)).isTrue();
    lines.add("connection", " close ");
    assertThat(lines.containsValue("connection", "close", true)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\rb", "a\nb", "\r\n x", "\u0000", "a\u000b", "\f"})
  void refusesValuesThatAreMoreThanALine(String value) {
    assertThatThrownBy(() -> lines.add("x", value)).isInstanceOf(IllegalArgumentException.class);
    assertThat(lines.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a:b", "a,b", "a;b", "a=b", "\u00e9", "a\r", "\u007f"})
  void refusesWhatIsNoName(String name) {
    assertThatThrownBy(() -> lines.add(name, "v")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void becomesAMapWithAllItsLines() {
    lines.add("A", "1").add("b", "2").add("a", "3");
    MultiMap map = LeanHeaders.map(lines);
    assertThat(map.getAll("a")).containsExactly("1", "3");
    assertThat(map.entries()).extracting(Map.Entry::getKey).containsExactly("A", "b", "a");
  }
}
