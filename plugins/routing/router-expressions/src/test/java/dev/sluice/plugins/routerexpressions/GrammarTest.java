package dev.sluice.plugins.routerexpressions;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class GrammarTest {

  @ParameterizedTest
  @ValueSource(strings = {
    "http.path == \"/a\"",
    " \t\r\n http.path==\"/a\" \n",
    "http.path ^= r#\"/\"a\\d\"#",
    "http.path =^ \"\"",
    "any( lower ( http.headers.x_a ) ) contains \"x\"",
    "net.src.ip in 10.0.0.0/8 && net.src.ip not  in 10.1.0.0/16",
    "net.src.ip == ::1 || net.src.ip == fd00::1 || net.src.ip in fd00::/8",
    "net.dst.port >= 0x1F && net.dst.port <= 017 || net.dst.port == -1",
    "!(http.path == \"/a\") && ! ( ( http.method != \"GET\" ) )",
    "http.path ~ \"\\\\d\\n\\r\\t\\\"\"",
    "a.b_C9. == 1"
  })
  void takes(String source) {
    ExpressionReader.read(source);
  }

  @Test
  void orBindsTighterThanAnd() {
    Expression read = ExpressionReader.read("a == 1 && b == 2 || c == 3 && d == 4");
    assertThat(read).isInstanceOfSatisfying(Expression.And.class, and -> {
      assertThat(and.parts()).hasSize(3);
      assertThat(and.parts().get(1)).isInstanceOfSatisfying(
          Expression.Or.class, or -> assertThat(or.parts()).extracting(GrammarTest::field).containsExactly("b", "c"));
    });
  }

  @Test
  void readsConstants() {
    assertThat(constant("a == \"x\\n\\\"\\\\\"")).isEqualTo(new Constant.Text("x\n\"\\"));
    assertThat(constant("a == r#\"x\\n\"y\"#")).isEqualTo(new Constant.Text("x\\n\"y"));
    assertThat(constant("a == 0x1f")).isEqualTo(new Constant.Int(31));
    assertThat(constant("a == 017")).isEqualTo(new Constant.Int(15));
    assertThat(constant("a == 089")).isEqualTo(new Constant.Int(89));
    assertThat(constant("a == -12")).isEqualTo(new Constant.Int(-12));
    assertThat(constant("a == 0")).isEqualTo(new Constant.Int(0));
    assertThat(constant("a == 9223372036854775807")).isEqualTo(new Constant.Int(Long.MAX_VALUE));
    assertThat(constant("a == 1.2.3.4")).isEqualTo(new Constant.Address(new IpAddress(false, 0, 0x01020304)));
    assertThat(constant("a == 1:2::3"))
        .isEqualTo(new Constant.Address(new IpAddress(true, 0x0001_0002_0000_0000L, 3)));
    assertThat(constant("a == ::")).isEqualTo(new Constant.Address(new IpAddress(true, 0, 0)));
    assertThat(constant("a == 1:2:3:4:5:6:7:8"))
        .isEqualTo(new Constant.Address(new IpAddress(true, 0x0001_0002_0003_0004L, 0x0005_0006_0007_0008L)));
    assertThat(constant("a in 010.0.0.0/8"))
        .isEqualTo(new Constant.Network(new IpNetwork(new IpAddress(false, 0, 0x0A000000), 8)));
  }

  @Test
  void readsTransformations() {
    assertThat(predicate("lower(any(a)) == 1")).matches(each -> each.lower() && each.any());
    assertThat(predicate("any(a) == 1")).matches(each -> !each.lower() && each.any());
    assertThat(predicate("a == 1")).matches(each -> !each.lower() && !each.any());
  }

  /** As Kong's own engine answers. */
  @Test
  void pointsAtWhatItDoesNotUnderstand() {
    refuses("! a == 1", " --> 1:1\n  |\n1 | ! a == 1\n  | ^---\n  |\n  = expected term");
    refuses("a == 1 || ! b == 2", " --> 1:11\n  |\n1 | a == 1 || ! b == 2\n  |           ^---\n  |\n  = expected term");
    refuses(
        "(a == 1 || b == 2) && ! c == 3",
        " --> 1:23\n  |\n1 | (a == 1 || b == 2) && ! c == 3\n  |                       ^---\n  |\n  = expected term");
    refuses("()", " --> 1:2\n  |\n1 | ()\n  |  ^---\n  |\n  = expected term");
    refuses("== 123", " --> 1:1\n  |\n1 | == 123\n  | ^---\n  |\n  = expected term");
    refuses("", " --> 1:1\n  |\n1 | \n  | ^---\n  |\n  = expected term");
    refuses("a = 1", " --> 1:3\n  |\n1 | a = 1\n  |   ^---\n  |\n  = expected binary_operator");
    refuses("a == x", " --> 1:6\n  |\n1 | a == x\n  |      ^---\n  |\n  = expected rhs");
    refuses("a == 1 b", " --> 1:8\n  |\n1 | a == 1 b\n  |        ^---\n  |\n  = expected EOI, and_op, or or_op");
    refuses("a == \"x", " --> 1:8\n  |\n1 | a == \"x\n  |        ^---\n  |\n  = expected str_char or str_esc");
    refuses("a == r#\"x", " --> 1:10\n  |\n1 | a == r#\"x\n  |          ^---\n  |\n  = expected rawstr_char");
    refuses("any(1) == 1", " --> 1:5\n  |\n1 | any(1) == 1\n  |     ^---\n  |\n  = expected lhs");
    refuses("a == 1\n&& é == 2", " --> 2:4\n  |\n2 | && é == 2\n  |    ^---\n  |\n  = expected term");
    refuses("a == 0x", " --> 1:8\n  |\n1 | a == 0x\n  |        ^---\n  |\n  = expected hex_digits");
  }

  @Test
  void marksWhatMakesNoSense() {
    refuses(
        "http.headers.foo ~ \"([.\"",
        """
         --> 1:20
          |
        1 | http.headers.foo ~ "([."
          |                    ^---^
          |
          = regex parse error:
            ([.
             ^
        error: unclosed character class""");
    refuses(
        "a ~ 1",
        " --> 1:5\n  |\n1 | a ~ 1\n  |     ^\n  |\n  = regex operator can only be used with String operands");
    refuses(
        "x == 1 && upper(a) == 1",
        """
         --> 1:11
          |
        1 | x == 1 && upper(a) == 1
          |           ^------^
          |
          = unknown transformation function: upper""");
    refuses(
        "a in 10.0.0.1/8",
        " --> 1:6\n  |\n1 | a in 10.0.0.1/8\n  |      ^--------^\n  |\n  = host part of address was not zero");
    assertThatThrownBy(() -> ExpressionReader.read("a ~\n\n\"x\n[\""))
        .hasMessageStartingWith(" --> 3:1\n  |\n3 | \"x\n4 | [\"\n  | ^^\n  |\n  = regex parse error:");
  }

  @Test
  void saysWhatIsWrongWithAnAddressOrANumber() {
    for (String[] each : List.of(
        new String[] {"a == 1.2.3.256", "invalid IPv4 address syntax"},
        new String[] {"a == 1.2.3.04", "invalid IPv4 address syntax"},
        new String[] {"a == 1:2", "invalid IPv6 address syntax"},
        new String[] {"a == 1::2::3", "invalid IPv6 address syntax"},
        new String[] {"a == 1:2:3:4:5:6:7:8:9", "invalid IPv6 address syntax"},
        new String[] {"a in 300.0.0.0/8", "couldn't parse address in network: invalid IPv4 address syntax"},
        new String[] {"a in 0.0.0.0/33",
            "invalid length for network: Network length 33 is too long for Ipv4 (maximum: 32)"},
        new String[] {"a in ::/129",
            "invalid length for network: Network length 129 is too long for Ipv6 (maximum: 128)"},
        new String[] {"a in ::/256", "couldn't parse length in network: number too large to fit in target type"},
        new String[] {"a == 9223372036854775808", "number too large to fit in target type"})) {
      assertThatThrownBy(() -> ExpressionReader.read(each[0])).as(each[0]).hasMessageEndingWith("\n  = " + each[1]);
    }
  }

  @Test
  void nestingHasAnEnd() {
    String deep = "(".repeat(100) + "a == 1" + ")".repeat(100);
    ExpressionReader.read(deep);
    assertThatThrownBy(() -> ExpressionReader.read("(".repeat(100_000))).hasMessageEndingWith("nested too deep");
    ExpressionReader.read("a == 1" + " && a == 1 || b == 2".repeat(20_000));
  }

  private static void refuses(String source, String message) {
    assertThatThrownBy(() -> ExpressionReader.read(source)).as(source).hasMessage(message);
  }

  private static Expression.Predicate predicate(String source) {
    return (Expression.Predicate) ExpressionReader.read(source);
  }

  private static Constant constant(String source) {
    return predicate(source).constant();
  }

  private static String field(Expression expression) {
    return ((Expression.Predicate) expression).field();
  }
}
