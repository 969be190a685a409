package dev.sluice.api.schema;

import dev.sluice.api.schema.HostAddress.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HostAddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1:8000",
    "127.000.000.001:99, 127.0.0.1:99",
    "LocalHost:82, LocalHost:82",
    "a.test., a.test.:8000",
    "::1, [0000:0000:0000:0000:0000:0000:0000:0001]:8000",
    "[::1], [0000:0000:0000:0000:0000:0000:0000:0001]:8000",
    "[2001:DB8::1]:443, [2001:0db8:0000:0000:0000:0000:0000:0001]:443",
    "::, [0000:0000:0000:0000:0000:0000:0000:0000]:8000",
    "1:2:3:4:5:6:7:8, [0001:0002:0003:0004:0005:0006:0007:0008]:8000",
    "::ffff:10.0.0.1, [0000:0000:0000:0000:0000:ffff:0a00:0001]:8000"
  })
  void hostsHaveOneFullForm(String text, String full) {
    assertThat(HostAddress.parse(text).withPort(8000)).isEqualTo(full);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", "some host", "999.1.1.1", "1.2.3", "a.test:abc", "http://a", "a..b", "a-.b", "::1::", ":::", "1:2:3", "[::1]x",
    "bücher.test", "[a]"
  })
  void whatIsNoHostIsRefused(String text) {
    assertThatThrownBy(() -> HostAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void portsEndAt65535() {
    assertThat(HostAddress.parse("a:65535").port()).hasValue(65_535);
    assertThatThrownBy(() -> HostAddress.parse("a:65536")).hasMessage("invalid port number");
    assertThatThrownBy(() -> HostAddress.parse("127.0.0.1:99999999999")).hasMessage("invalid port number");
  }

  @Test
  void kindsAreTold() {
    assertThat(HostAddress.parse("a_b").kind()).isEqualTo(Kind.NAME);
    assertThat(HostAddress.parse("1.2.3.4").kind()).isEqualTo(Kind.IPV4);
    assertThat(HostAddress.parse("[::1]:1").kind()).isEqualTo(Kind.IPV6);
  }
}
