package dev.sluice.plugins.jwt;

import dev.sluice.testkit.EchoGateway;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.plugins.jwt.JwtFixture.BOB;
import static dev.sluice.plugins.jwt.JwtFixture.claims;
import static dev.sluice.plugins.jwt.JwtFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

/** What counts as signed, and the tricks that must not. */
class JwtSignatureTest {

  private static JwtFixture f;

  @BeforeAll
  static void start() {
    f = new JwtFixture();
    f.guard("/", new JsonObject());
    f.guard("/base64", new JsonObject().put("secret_is_base64", true));
  }

  @AfterAll
  static void stop() {
    f.close();
  }

  private static JsonObject claimsOf(String key) {
    return new JsonObject().put("iss", key);
  }

  private static void publicKey(String key, String algorithm, String pem) {
    f.key(new JsonObject().put("key", key).put("algorithm", algorithm).put("rsa_public_key", pem));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
  void aPublicKeyVerifies(String algorithm) {
    Signer signer = Signer.of(algorithm);
    publicKey(algorithm, algorithm, signer.pem());
    String token = signer.token(claimsOf(algorithm));
    EchoGateway.isConsumer(f.get("/", token), f.bob, algorithm);
    String[] parts = token.split("\\.", -1);
    String other = Signer.encoded(claimsOf(algorithm).put("admin", true).encode().getBytes(StandardCharsets.UTF_8));
    refused(f.get("/", parts[0] + "." + other + "." + parts[2]), "Invalid signature");
    refused(f.get("/", Signer.of(algorithm).token(claimsOf(algorithm))), "Invalid signature");
    refused(f.get("/", parts[0] + "." + parts[1] + "."), "Invalid signature");
    byte[] zeros = new byte[Base64.getUrlDecoder().decode(parts[2]).length];
    refused(f.get("/", parts[0] + "." + parts[1] + "." + Signer.encoded(zeros)), "Invalid signature");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS256", "HS384", "HS512"})
  void aSecretVerifies(String algorithm) {
    f.key(new JsonObject().put("key", algorithm).put("algorithm", algorithm).put("secret", "sécret"));
    Signer signer = Signer.hmac(algorithm, "sécret");
    String token = signer.token(claimsOf(algorithm));
    EchoGateway.isConsumer(f.get("/", token), f.bob, algorithm);
    refused(f.get("/", token.substring(0, token.length() - 4)), "Invalid signature");
    refused(f.get("/", Signer.hmac(algorithm, "other").token(claimsOf(algorithm))), "Invalid signature");
  }

  @Test
  void aSecretMayBeInBase64() {
    byte[] secret = {0, -1, -2, 127, 3};
    f.key(new JsonObject().put("key", "b64").put("secret", Base64.getUrlEncoder().encodeToString(secret)));
    EchoGateway.isConsumer(f.get("/base64", Signer.hmac("HS256", secret).token(claimsOf("b64"))), f.bob, "b64");
    f.key(new JsonObject().put("key", "no-b64").put("secret", "!!"));
    refused(f.get("/base64", BOB.token(claimsOf("no-b64"))), "Invalid key/secret");
  }

  @Test
  void aPublicKeyIsNoSecret() {
    Signer rsa = Signer.of("RS256");
    publicKey("confused", "RS256", rsa.pem());
    refused(f.get("/", Signer.hmac("HS256", rsa.pem()).token(claimsOf("confused"))), "Invalid algorithm");
    refused(
        f.get("/", Signer.hmac("HS256", rsa.pem()).token(
            new JsonObject().put("alg", "RS256"), claimsOf("confused"))),
        "Invalid signature");
  }

  @Test
  void unsignedTokensAreNone() {
    for (String alg : new String[] {"none", "None", "NONE", "nOnE", "", "HS999"}) {
      String token = BOB.token(new JsonObject().put("alg", alg), claims());
      refused(f.get("/", token), "Bad token; invalid alg");
      refused(f.get("/", token.substring(0, token.lastIndexOf('.') + 1)), "Bad token; invalid alg");
    }
    refused(f.get("/", BOB.token(new JsonObject(), claims())), "Bad token; invalid alg");
    refused(f.get("/", BOB.token(new JsonObject().put("alg", 1), claims())), "Bad token; invalid alg");
    refused(f.get("/", BOB.token("[]", claims().encode())), "Bad token; invalid alg");
  }

  @Test
  void aKeyOfAnotherKindVerifiesNothing() {
    Signer ec = Signer.of("ES256", Signer.keys("EC", new ECGenParameterSpec("secp384r1")));
    publicKey("wrong-curve", "ES256", ec.pem());
    refused(f.get("/", ec.token(claimsOf("wrong-curve"))), "Invalid signature");
    publicKey("wrong-kind", "EdDSA", Signer.of("ES256").pem());
    refused(f.get("/", Signer.of("EdDSA").token(claimsOf("wrong-kind"))), "Invalid signature");
    f.key(new JsonObject().put("key", "no-key").put("algorithm", "ES256"));
    refused(f.get("/", ec.token(claimsOf("no-key"))), "Invalid key/secret");
  }

  @Test
  void ed448IsAnEdwardsCurve() {
    Signer signer = Signer.of("EdDSA", Signer.keys("EdDSA", NamedParameterSpec.ED448));
    publicKey("ed448", "EdDSA", signer.pem());
    EchoGateway.isConsumer(f.get("/", signer.token(claimsOf("ed448"))), f.bob, "ed448");
  }

  @Test
  void whatIsBrokenIsNoToken() {
    String invalid = "Bad token; invalid JSON";
    for (String token : new String[] {
      "abc", "a.b", "a.b.c", "..", "!.!.!", "eyJhbGciOiJIUzI1NiJ9.bm90anNvbg.x",
      BOB.token("{\"alg\":\"HS256\"}", "{\"iss\":\"bob-key\"} trailing"),
      BOB.token("{\"alg\":\"HS256\"}", "{\"iss\":\"bob-key\",\"iss\":\"bob-key\"}"),
      BOB.token("{\"alg\":\"none\",\"alg\":\"HS256\"}", "{\"iss\":\"bob-key\"}"),
      BOB.token("{\"alg\":\"HS256\"}", "{\"iss\":\"x\", /* } */ \"iss\":\"bob-key\"}"),
    }) {
      refused(f.get("/", token), invalid);
    }
    refused(f.get("/", BOB.token(claims()) + ".x"), "Bad token; invalid signature");
    refused(f.get("/", BOB.token("{\"alg\":\"HS256\"}", "7")), "Bad token; invalid claims");
    String deep = "{\"iss\":" + "[".repeat(2000) + "]".repeat(2000) + "}";
    refused(f.get("/", BOB.token("{\"alg\":\"HS256\"}", deep)), invalid);
    assertThat(f.get("/", "a".repeat(1 << 20)).statusCode()).isIn(400, 431);
    f.isBob(f.get("/", BOB.token("{\"alg\":\"HS256\"}", "{\"iss\":\"bob-key\",\"x\":{\"a:b\":[{\"c\":1}]}}")));
  }
}
