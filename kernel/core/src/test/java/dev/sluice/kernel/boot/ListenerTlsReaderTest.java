package dev.sluice.kernel.boot;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ListenerTlsReaderTest {

  private static final String TICKETS = "jdk.tls.server.enableSessionTicketExtension";
  private static final String DH_BITS = "jdk.tls.ephemeralDHKeySize";

  private static NodeConfig config(String... pairs) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      given.put(pairs[i], pairs[i + 1]);
    }
    return NodeConfig.load(Optional.empty(), Map.of(), given);
  }

  @AfterEach
  void forget() {
    System.clearProperty(TICKETS);
    System.clearProperty(DH_BITS);
  }

  @Test
  void sessionsAreAsManyAsNginxKeeps() {
    assertThat(ListenerTlsReader.suite(config()).times().sessions()).isEqualTo(40_960);
    assertThat(ListenerTlsReader.suite(config("ssl_session_cache_size", "64k")).times().sessions()).isEqualTo(256);
    assertThatThrownBy(() -> ListenerTlsReader.suite(config("ssl_session_cache_size", "1k")))
        .hasMessageStartingWith("ssl_session_cache_size: the cache is too small");
  }

  @Test
  void theProcessIsToldOnlyWhatDiffers() {
    ListenerTlsReader.tellProcess(config());
    assertThat(System.getProperty(TICKETS)).isNull();
    assertThat(System.getProperty(DH_BITS)).isNull();
    ListenerTlsReader.tellProcess(
        config("ssl_session_tickets", "off", "ssl_cipher_suite", "old", "ssl_dhparam", "ffdhe4096"));
    assertThat(System.getProperty(TICKETS)).isEqualTo("false");
    assertThat(System.getProperty(DH_BITS)).isEqualTo("4096");
  }

  @Test
  void groupsOfOnesOwnCannotBeHad() {
    assertThatThrownBy(() -> ListenerTlsReader.dhGroup(config("ssl_cipher_suite", "old", "ssl_dhparam", "/dh.pem")))
        .hasMessageStartingWith("ssl_dhparam: only ffdhe2048");
    assertThat(ListenerTlsReader.dhGroup(config("ssl_dhparam", "/dh.pem"))).as("not looked at").isEmpty();
  }
}
