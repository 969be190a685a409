package dev.sluice.plugins.logging;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MessageJsonTest {

  @Test
  void argumentsWithoutAValueAreTrue() {
    assertThat(MessageJson.query("a&b=&c=1%20x&c=2&c&&d=a=b"))
        .isEqualTo(new JsonObject()
            .put("a", true)
            .put("b", "")
            .put("c", new JsonArray().add("1 x").add("2").add(true))
            .put("d", "a=b"));
    assertThat(MessageJson.query("")).isEqualTo(new JsonObject());
  }

  @Test
  void atMostAHundredArgumentsAreShown() {
    StringBuilder query = new StringBuilder("a0=0");
    for (int i = 1; i < 200; i++) {
      query.append("&a").append(i).append("=0");
    }
    assertThat(MessageJson.query(query.toString())).hasSize(100);
  }

  @Test
  void ciphersBearTheNamesOfOpenSsl() {
    assertThat(CipherName.openSsl("TLS_AES_256_GCM_SHA384")).isEqualTo("TLS_AES_256_GCM_SHA384");
    assertThat(CipherName.openSsl("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")).isEqualTo("ECDHE-RSA-AES256-GCM-SHA384");
    assertThat(CipherName.openSsl("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256")).isEqualTo("ECDHE-ECDSA-AES128-SHA256");
    assertThat(CipherName.openSsl("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"))
        .isEqualTo("ECDHE-RSA-CHACHA20-POLY1305");
    assertThat(CipherName.openSsl("TLS_RSA_WITH_AES_128_GCM_SHA256")).isEqualTo("AES128-GCM-SHA256");
  }
}
