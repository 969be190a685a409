package dev.sluice.plugins.acme;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.shredzone.acme4j.util.CSRBuilder;
import org.shredzone.acme4j.util.CertificateUtils;

/** An authority that issues what it is asked for, at once or when it is told to. */
final class TestAuthority implements Authority {

  static final Duration LIFE = Duration.ofDays(90);

  private static final KeyPair ROOT_KEY = key(new AcmeConfig.KeyKind(false, 2048));

  final List<String> orders = new CopyOnWriteArrayList<>();
  volatile Optional<String> refusal = Optional.empty();
  volatile Future<Void> gate = Future.succeededFuture();
  private final Clock clock;

  TestAuthority(Clock clock) {
    this.clock = clock;
  }

  private static KeyPair key(AcmeConfig.KeyKind kind) {
    try {
      return Pem.generate(kind);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  void reset() {
    orders.clear();
    refusal = Optional.empty();
    gate = Future.succeededFuture();
  }

  /** Keeps orders waiting until the promise is kept. */
  Promise<Void> hold() {
    Promise<Void> promise = Promise.promise();
    gate = promise.future();
    return promise;
  }

  @Override
  public Future<Issued> order(AcmeConfig config, String host) {
    orders.add(host);
    return gate.compose(open -> refusal
        .<Future<Issued>>map(text -> Future.failedFuture(new AcmeFailure(text)))
        .orElseGet(() -> Future.succeededFuture(issue(host, clock.instant(), LIFE))));
  }

  /** A beginning for certificates that are good now. */
  static Instant begin() {
    return Instant.now().minus(Duration.ofDays(1));
  }

  /** Writes the root of all that is issued. */
  static void writeRoot(Path file) {
    try {
      Files.writeString(file, Pem.of(List.of(root(begin()))));
    } catch (IOException | CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  static X509Certificate root(Instant now) {
    return CertificateUtils.createTestRootCertificate("CN=Test Root", now, now.plus(Duration.ofDays(3650)), ROOT_KEY);
  }

  static Issued issue(String host, Instant now, Duration life) {
    try {
      KeyPair key = key(new AcmeConfig.KeyKind(true, 0));
      CSRBuilder request = new CSRBuilder();
      request.addDomain(host);
      request.sign(key);
      X509Certificate root = root(now);
      X509Certificate certificate = CertificateUtils.createTestCertificate(
          request.getCSR(), now, now.plus(life), root, ROOT_KEY.getPrivate());
      return new Issued(
          Pem.of(List.of(certificate, root)), Pem.of("PRIVATE KEY", key.getPrivate().getEncoded()));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
