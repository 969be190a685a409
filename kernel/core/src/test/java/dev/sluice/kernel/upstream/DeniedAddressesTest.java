package dev.sluice.kernel.upstream;

import dev.sluice.api.upstream.TargetResolver.Address;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where nothing is proxied to (cases AD-04 and AD-05). */
class DeniedAddressesTest {

  private final DeniedAddresses denied =
      new DeniedAddresses(List.of("admin", "169.254.0.0/16", "fe80::/10", "10.1.2.3"), port -> port == 8001);

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 8001, true",
    "127.8.9.10, 8001, true",
    "0.0.0.0, 8001, true",
    "::1, 8001, true",
    "::, 8001, true",
    "::ffff:127.0.0.1, 8001, true",
    "127.0.0.1, 8002, false",
    "192.0.2.1, 8001, false",
    "169.254.169.254, 80, true",
    "169.255.0.1, 80, false",
    "::ffff:169.254.169.254, 80, true",
    "::ffff:a9fe:a9fe, 80, true",
    "fe80::1, 80, true",
    "febf::1, 80, true",
    "fec0::1, 80, false",
    "10.1.2.3, 80, true",
    "10.1.2.4, 80, false"
  })
  void goesByTheBytesOfAnAddress(String ip, int port, boolean expected) {
    assertThat(denied.denies(new Address(ip, port, 0))).isEqualTo(expected);
  }

  @Test
  void withoutAListAllIsAllowed() {
    DeniedAddresses none = new DeniedAddresses(List.of(), port -> port == 8001);
    assertThat(none.denies(new Address("127.0.0.1", 8001, 0))).isFalse();
    assertThat(none.denies(new Address("169.254.169.254", 80, 0))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"admins", "169.254.0.0/33", "fe80::/x", "example.test", "10.0.0.0/-1", ""})
  void whatIsNoAddressIsRefused(String item) {
    assertThatThrownBy(() -> new DeniedAddresses(List.of(item), port -> false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + item + "'");
  }
}
