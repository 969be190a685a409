package dev.sluice.testkit;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that signs certificates of other authorities, servers and clients. */
final class TestAuthority {

  private static final AtomicLong SERIAL = new AtomicLong(System.nanoTime());

  private final X500Name name;
  private final KeyPair keys;
  private final X509Certificate certificate;
  private final Optional<TestAuthority> above;

  private TestAuthority(String commonName, Optional<TestAuthority> above, String... alsoFor) throws Exception {
    this.name = new X500Name("CN=" + commonName);
    this.keys = keys();
    this.above = above;
    TestAuthority signer = above.orElse(this);
    this.certificate = sign(signer, name, keys, Duration.ofDays(30), true, alsoFor);
  }

  /** One that nobody has signed but itself, and that may be a server, too. */
  static TestAuthority root(String commonName, String... alsoFor) throws Exception {
    return new TestAuthority(commonName, Optional.empty(), alsoFor);
  }

  /** One below this one. */
  TestAuthority below(String commonName) throws Exception {
    return new TestAuthority(commonName, Optional.of(this));
  }

  /** A certificate for names or addresses, with those of the authorities below the root. */
  TestCertificate issue(String commonName, String... names) throws Exception {
    return issue(Duration.ofDays(10), commonName, names);
  }

  /** One whose time was over an hour ago. */
  TestCertificate expired(String commonName, String... names) throws Exception {
    return issue(Duration.ofHours(-1), commonName, names);
  }

  private TestCertificate issue(Duration left, String commonName, String... names) throws Exception {
    KeyPair pair = keys();
    X509Certificate made = sign(this, new X500Name("CN=" + commonName), pair, left, false, names);
    StringBuilder chain = new StringBuilder(pem("CERTIFICATE", made.getEncoded()));
    for (TestAuthority each = this; each.above.isPresent(); each = each.above.get()) {
      chain.append(each.cert());
    }
    return new TestCertificate(chain.toString(), key(pair.getPrivate()));
  }

  /** Its certificate. */
  String cert() throws CertificateEncodingException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  /** Itself as what a server shows. */
  TestCertificate itself() throws CertificateEncodingException {
    return new TestCertificate(cert(), key(keys.getPrivate()));
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static X509Certificate sign(
      TestAuthority signer, X500Name subject, KeyPair pair, Duration left, boolean authority, String... names)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            signer.name,
            BigInteger.valueOf(SERIAL.incrementAndGet()),
            Date.from(now.minus(Duration.ofDays(2))),
            Date.from(now.plus(left)),
            subject,
            pair.getPublic());
    if (authority) {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    }
    if (names.length > 0) {
      GeneralName[] all =
          Arrays.stream(names)
              .map(each -> new GeneralName(
                  each.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName, each))
              .toArray(GeneralName[]::new);
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(all));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.keys.getPrivate())));
  }

  private static String key(PrivateKey key) {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  private static String pem(String type, byte[] content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
  }
}
