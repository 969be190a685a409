package dev.sluice.kernel.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ServerSuiteTest {

  private static final ServerSuite.Times TIMES = new ServerSuite.Times(60, 123, 1000);

  private static ServerSuite suite(String name) {
    return ServerSuite.of(name, Optional.empty(), List.of("TLSv1.2"), TIMES);
  }

  @Test
  void theUsualOneLeavesOutWhatIsWeak() {
    ServerSuite usual = suite("intermediate");
    assertThat(usual.protocols()).containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
    assertThat(usual.ciphers())
        .contains("TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
        .contains("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384")
        .allMatch(name -> !name.contains("_CBC_") && !name.startsWith("TLS_RSA_"));
  }

  @Test
  void othersAreNarrowerOrWider() {
    assertThat(suite("modern").protocols()).containsExactly("TLSv1.3");
    assertThat(suite("modern").ciphers()).containsExactlyInAnyOrderElementsOf(CipherNames.TLS_1_3);
    assertThat(suite("fips").ciphers()).allMatch(name -> name.contains("_GCM_"));
    assertThat(suite("old").ciphers())
        .contains("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384");
  }

  @Test
  void sessionsAreBounded() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(null, new char[0]);
    SslContext context = SslContextBuilder.forServer(keys).build();
    suite("modern").bound(context);
    assertThat(context.sessionContext().getSessionTimeout()).isEqualTo(60);
    assertThat(context.sessionContext().getSessionCacheSize()).isEqualTo(123);
  }

  @Test
  void onesOwnIsTakenInItsOrder() {
    ServerSuite own =
        ServerSuite.of(
            "custom",
            Optional.of("ECDHE-RSA-AES256-GCM-SHA384:!aNULL:ECDHE-RSA-AES128-GCM-SHA256"),
            List.of("TLSv1.2"),
            TIMES);
    assertThat(own.ciphers())
        .containsExactly("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    assertThatThrownBy(() -> ServerSuite.of("custom", Optional.of("HIGH"), List.of("TLSv1.2"), TIMES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HIGH");
  }

  /** A server that is given none would take whatever the JDK offers. */
  @Test
  void ciphersThatThisJdkHasNotAreRefused() {
    for (String name : List.of("TLS_RSA_WITH_AES_128_CBC_SHA384", "TLS_NULL_WITH_NULL_NULL")) {
      assertThatThrownBy(() -> ServerSuite.of("custom", Optional.of(name), List.of("TLSv1.2"), TIMES))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(name);
    }
  }
}
