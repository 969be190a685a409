package dev.sluice.plugins.ldapauth;

import dev.sluice.api.PluginContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LdapAuthConfigTest {

  private static final JsonObject LEAST =
      new JsonObject().put("ldap_host", "127.0.0.1").put("base_dn", "dc=x").put("attribute", "cn");

  @Test
  void defaultsAreKongs() {
    assertThat(LdapAuthConfig.SCHEMA.complete(LEAST))
        .isEqualTo(LEAST.copy()
            .put("ldap_port", 389)
            .put("ldaps", false)
            .put("start_tls", false)
            .put("verify_ldap_host", false)
            .put("cache_ttl", 60)
            .put("hide_credentials", false)
            .put("timeout", 10000)
            .put("keepalive", 60000)
            .putNull("anonymous")
            .put("header_type", "ldap")
            .putNull("realm"));
    assertThat(new LdapAuthFactory(new Directories(new PluginContext() {})).priority()).isEqualTo(1200);
    assertThatThrownBy(() -> LdapAuthConfig.SCHEMA.read(new JsonObject()))
        .hasMessageContaining("required field missing");
    assertThatThrownBy(() -> LdapAuthConfig.SCHEMA.read(LEAST.copy().put("ldaps", true).put("start_tls", true)))
        .hasMessageContaining("'ldaps' and 'start_tls' cannot be enabled simultaneously");
  }

  @Test
  void messagesAreThoseOfTheProtocol() {
    assertThat(Ber.bind(1, "cn=a", "p".getBytes(StandardCharsets.UTF_8)).getBytes())
        .containsExactly(0x30, 0x11, 2, 1, 1, 0x60, 0x0c, 2, 1, 3, 4, 4, 'c', 'n', '=', 'a', 0x80, 1, 'p');
    assertThat(Ber.bind(300, "x".repeat(200), new byte[0]).length()).isEqualTo(6 + 4 + 6 + 3 + 6 + 200 + 2);
    byte[] success = {0x30, 0x0c, 2, 1, 7, 0x61, 7, 0x0a, 1, 0, 4, 0, 4, 0};
    assertThat(Ber.read(Buffer.buffer(success))).contains(new Ber.Response(7, Ber.BIND_RESPONSE, 0, 14));
    for (int length = 0; length < success.length; length++) {
      assertThat(Ber.read(Buffer.buffer(success).getBuffer(0, length))).as("%s bytes", length).isEmpty();
    }
    byte[] refusal = {0x30, (byte) 0x81, 0x0c, 2, 1, 7, 0x61, 7, 0x0a, 1, 49, 4, 0, 4, 0, 9};
    assertThat(Ber.read(Buffer.buffer(refusal))).contains(new Ber.Response(7, Ber.BIND_RESPONSE, 49, 15));
    assertThatThrownBy(() -> Ber.read(Buffer.buffer("HTTP/1.1 400"))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ber.read(Buffer.buffer(new byte[] {0x30, (byte) 0x84, 127, 0, 0, 0})))
        .hasMessage("a message of LDAP is too long");
    assertThatThrownBy(() -> Ber.read(Buffer.buffer(new byte[] {0x30, 3, 2, 1, 1})))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
