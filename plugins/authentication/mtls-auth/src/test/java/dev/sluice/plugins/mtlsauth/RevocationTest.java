package dev.sluice.plugins.mtlsauth;

import dev.sluice.api.security.X509;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestCertificate;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.sluice.plugins.mtlsauth.MtlsFixture.client;
import static dev.sluice.plugins.mtlsauth.Pki.named;
import static org.assertj.core.api.Assertions.assertThat;

/** What revoked certificates are worth, with a real list of them. */
@Timeout(120)
class RevocationTest {

  private static MtlsFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = new MtlsFixture();
    fixture.gateway.consumer("ada");
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @AfterEach
  void clear() {
    fixture.clear();
  }

  private static BigInteger serial(TestCertificate certificate) throws Exception {
    return X509.chain(certificate.cert()).get(0).getSerialNumber();
  }

  private static JsonObject mode(JsonObject config, String mode) {
    return config.copy().put("revocation_check_mode", mode);
  }

  @Test
  void listsAreLookedAt() throws Exception {
    Pki root = Pki.root("root");
    AtomicInteger asked = new AtomicInteger();
    Buffer[] list = new Buffer[1];
    TestBackend lists =
        TestBackend.of(
            request -> {
              asked.incrementAndGet();
              request.response().putHeader("Content-Type", "application/pkix-crl").end(list[0]);
            });
    String url = "http://127.0.0.1:" + lists.port() + "/list.crl";
    TestCertificate good = root.issue(named("ada").revokedAt(url));
    TestCertificate revoked = root.issue(named("ada").revokedAt(url));
    TestCertificate untold = root.issue(named("ada"));
    list[0] = Buffer.buffer(root.revoking(serial(revoked)));
    try {
      JsonObject config = fixture.config(root);
      fixture.guard("/skip", mode(config, "SKIP"));
      fixture.guard("/ignore", config);
      fixture.guard("/strict", mode(config, "STRICT"));
      assertThat(fixture.get("/skip", client(revoked)).status()).isEqualTo(200);
      assertThat(asked).hasValue(0);
      for (String path : new String[] {"/ignore", "/strict"}) {
        assertThat(fixture.get(path, client(good)).status()).as(path).isEqualTo(200);
        assertThat(fixture.get(path, client(revoked)).status()).as(path).isEqualTo(401);
      }
      int before = asked.get();
      assertThat(fixture.get("/strict", client(good)).status()).isEqualTo(200);
      assertThat(asked).as("a verdict holds").hasValue(before);
      assertThat(fixture.get("/ignore", client(untold)).status()).isEqualTo(200);
      assertThat(fixture.get("/strict", client(untold)).status()).as("nobody knows of it").isEqualTo(401);
    } finally {
      lists.close();
    }
  }

  @Test
  void respondersAreAsked() throws Exception {
    Pki root = Pki.root("root");
    AtomicInteger asked = new AtomicInteger();
    BigInteger[] bad = new BigInteger[1];
    TestBackend responder =
        TestBackend.of(
            request -> {
              asked.incrementAndGet();
              request
                  .body()
                  .onSuccess(
                      body ->
                          request
                              .response()
                              .putHeader("Content-Type", "application/ocsp-response")
                              .end(Buffer.buffer(answer(root, question(request, body), bad[0]))));
            });
    String url = "http://127.0.0.1:" + responder.port();
    TestCertificate good = root.issue(named("ada").askedAt(url));
    TestCertificate revoked = root.issue(named("ada").askedAt(url));
    bad[0] = serial(revoked);
    try {
      fixture.guard("/ignore", fixture.config(root));
      fixture.guard("/strict", mode(fixture.config(root), "STRICT"));
      for (String path : new String[] {"/ignore", "/strict"}) {
        assertThat(fixture.get(path, client(good)).status()).as(path).isEqualTo(200);
        assertThat(fixture.get(path, client(revoked)).status()).as(path).isEqualTo(401);
      }
      assertThat(asked.get()).isPositive();
    } finally {
      responder.close();
    }
  }

  /** Short ones come in the path. */
  private static byte[] question(HttpServerRequest request, Buffer body) {
    return HttpMethod.POST.equals(request.method())
        ? body.getBytes()
        : Base64.getDecoder().decode(URLDecoder.decode(request.path().substring(1), StandardCharsets.UTF_8));
  }

  private static byte[] answer(Pki authority, byte[] question, BigInteger bad) {
    try {
      return authority.answer(question, bad);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nobodyMayBeThere() throws Exception {
    Pki root = Pki.root("root");
    TestBackend silent = TestBackend.of(request -> request.pause());
    String url = "http://127.0.0.1:" + silent.port() + "/list.crl";
    TestCertificate waiting = root.issue(named("ada").revokedAt(url));
    TestBackend gone = TestBackend.echo();
    TestCertificate refused = root.issue(named("ada").revokedAt("http://127.0.0.1:" + gone.port() + "/list.crl"));
    gone.close();
    try {
      JsonObject config = fixture.config(root).put("http_timeout", 200);
      fixture.guard("/ignore", config);
      fixture.guard("/strict", mode(config, "STRICT"));
      assertThat(fixture.get("/ignore", client(refused)).status()).isEqualTo(200);
      assertThat(fixture.get("/strict", client(refused)).status()).isEqualTo(401);
      assertThat(fixture.get("/ignore", client(waiting)).status()).isEqualTo(200);
      assertThat(fixture.get("/strict", client(waiting)).status()).isEqualTo(401);
    } finally {
      silent.close();
    }
  }

  @Test
  void manyWhoComeAtOnceAreAllAskedFor() throws Exception {
    Pki root = Pki.root("root");
    Promise<Void> open = Promise.promise();
    Promise<Void> busy = Promise.promise();
    AtomicInteger asked = new AtomicInteger();
    BigInteger[] bad = new BigInteger[1];
    TestBackend responder =
        TestBackend.of(
            request -> {
              if (asked.incrementAndGet() == 4) {
                busy.complete();
              }
              request
                  .body()
                  .compose(body -> open.future().map(body))
                  .onSuccess(
                      body ->
                          request
                              .response()
                              .putHeader("Content-Type", "application/ocsp-response")
                              .end(Buffer.buffer(answer(root, question(request, body), bad[0]))));
            });
    String url = "http://127.0.0.1:" + responder.port();
    List<TestCertificate> crowd = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      crowd.add(root.issue(named("ada").askedAt(url)));
    }
    TestCertificate revoked = root.issue(named("ada").askedAt(url));
    bad[0] = serial(revoked);
    try {
      fixture.guard("/ignore", fixture.config(root));
      List<Future<Integer>> good = crowd.stream().map(each -> fixture.status("/ignore", client(each))).toList();
      Await.result(busy.future());
      Future<Integer> late = fixture.status("/ignore", client(revoked));
      // Whoever was let in without an answer would be there long before this one, which nobody has to ask for.
      assertThat(fixture.get("/ignore", client()).status()).isEqualTo(401);
      open.complete();
      assertThat(Await.result(late)).isEqualTo(401);
      for (Future<Integer> each : good) {
        assertThat(Await.result(each)).isEqualTo(200);
      }
    } finally {
      responder.close();
    }
  }
}
