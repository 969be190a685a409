package dev.sluice.plugins.mtlsauth;

import dev.sluice.testkit.TestCertificate;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.jcajce.JcaBasicOCSPRespBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** An authority that signs certificates of clients and of other authorities, and revokes them. */
final class Pki {

  private static final AtomicLong SERIAL = new AtomicLong(1);

  private final X500Name name;
  private final KeyPair keys = keys();
  private final X509Certificate certificate;
  private final Optional<Pki> above;

  private Pki(String commonName, Optional<Pki> above, boolean authority) throws Exception {
    this(commonName, above, authority, Duration.ofDays(10));
  }

  private Pki(String commonName, Optional<Pki> above, boolean authority, Duration left) throws Exception {
    this.name = new X500Name("CN=" + commonName);
    this.above = above;
    Wish wish = new Wish(name.toString()).left(left);
    wish.authority = authority;
    this.certificate = above.orElse(this).sign(wish, keys);
  }

  static Pki root(String commonName) throws Exception {
    return new Pki(commonName, Optional.empty(), true);
  }

  /** One whose time is over after a while. */
  static Pki root(String commonName, Duration left) throws Exception {
    return new Pki(commonName, Optional.empty(), true, left);
  }

  Pki below(String commonName) throws Exception {
    return new Pki(commonName, Optional.of(this), true);
  }

  /** One that signs what it has no right to. */
  Pki impostor(String commonName) throws Exception {
    return new Pki(commonName, Optional.of(this), false);
  }

  /** What a certificate is to hold. */
  static final class Wish {
    private final X500Name subject;
    private final List<GeneralName> names = new ArrayList<>();
    private Duration left = Duration.ofDays(10);
    private boolean authority;
    private Optional<KeyPurposeId> purpose = Optional.empty();
    private Optional<String> list = Optional.empty();
    private Optional<String> responder = Optional.empty();

    Wish(String subject) {
      this.subject = new X500Name(subject);
    }

    Wish dns(String dns) {
      names.add(new GeneralName(GeneralName.dNSName, dns));
      return this;
    }

    Wish email(String email) {
      names.add(new GeneralName(GeneralName.rfc822Name, email));
      return this;
    }

    Wish left(Duration time) {
      left = time;
      return this;
    }

    Wish forServers() {
      purpose = Optional.of(KeyPurposeId.id_kp_serverAuth);
      return this;
    }

    Wish forClients() {
      purpose = Optional.of(KeyPurposeId.id_kp_clientAuth);
      return this;
    }

    Wish revokedAt(String url) {
      list = Optional.of(url);
      return this;
    }

    Wish askedAt(String url) {
      responder = Optional.of(url);
      return this;
    }
  }

  /** Answers a question about revocations, as OCSP has it: all but one certificate are good. */
  byte[] answer(byte[] question, BigInteger revoked) throws Exception {
    BasicOCSPRespBuilder builder =
        new JcaBasicOCSPRespBuilder(
            keys.getPublic(), new JcaDigestCalculatorProviderBuilder().build().get(RespID.HASH_SHA1));
    OCSPReq request = new OCSPReq(question);
    for (Req each : request.getRequestList()) {
      builder.addResponse(
          each.getCertID(),
          each.getCertID().getSerialNumber().equals(revoked)
              ? new RevokedStatus(Date.from(Instant.now().minusSeconds(60)), CRLReason.keyCompromise)
              : CertificateStatus.GOOD,
          Date.from(Instant.now().minusSeconds(60)),
          Date.from(Instant.now().plusSeconds(3600)));
    }
    Extension nonce = request.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
    if (nonce != null) {
      builder.setResponseExtensions(new Extensions(nonce));
    }
    BasicOCSPResp basic = builder.build(signer(), null, Date.from(Instant.now()));
    return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, basic).getEncoded();
  }

  static Wish named(String commonName) {
    return new Wish("CN=" + commonName);
  }

  /** A certificate, with those of the authorities below the root. */
  TestCertificate issue(Wish wish) throws Exception {
    TestCertificate alone = alone(wish);
    StringBuilder chain = new StringBuilder(alone.cert());
    for (Pki each = this; each.above.isPresent(); each = each.above.get()) {
      chain.append(each.cert());
    }
    return new TestCertificate(chain.toString(), alone.key());
  }

  /** A certificate without those above it. */
  TestCertificate alone(Wish wish) throws Exception {
    KeyPair pair = keys();
    return new TestCertificate(
        pem("CERTIFICATE", sign(wish, pair).getEncoded()), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
  }

  String cert() throws Exception {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  /** The list of revoked certificates, in DER. */
  byte[] revoking(BigInteger... serials) throws Exception {
    Instant now = Instant.now();
    X509v2CRLBuilder builder = new X509v2CRLBuilder(name, Date.from(now.minusSeconds(60)));
    builder.setNextUpdate(Date.from(now.plusSeconds(3600)));
    for (BigInteger serial : serials) {
      builder.addCRLEntry(serial, Date.from(now.minusSeconds(60)), CRLReason.keyCompromise);
    }
    return builder.build(signer()).getEncoded();
  }

  private ContentSigner signer() throws Exception {
    return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
  }

  private X509Certificate sign(Wish wish, KeyPair pair) throws Exception {
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(SERIAL.incrementAndGet()),
            Date.from(now.minus(Duration.ofDays(2))),
            Date.from(now.plus(wish.left)),
            wish.subject,
            pair.getPublic());
    if (wish.authority) {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    }
    if (!wish.names.isEmpty()) {
      builder.addExtension(
          Extension.subjectAlternativeName, false, new GeneralNames(wish.names.toArray(GeneralName[]::new)));
    }
    if (wish.purpose.isPresent()) {
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(wish.purpose.get()));
    }
    if (wish.responder.isPresent()) {
      builder.addExtension(
          Extension.authorityInfoAccess,
          false,
          new AuthorityInformationAccess(
              AccessDescription.id_ad_ocsp,
              new GeneralName(GeneralName.uniformResourceIdentifier, wish.responder.get())));
    }
    if (wish.list.isPresent()) {
      GeneralNames at = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, wish.list.get()));
      DistributionPoint point = new DistributionPoint(new DistributionPointName(at), null, null);
      builder.addExtension(
          Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {point}));
    }
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
  }

  private static KeyPair keys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static String pem(String type, byte[] content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
  }
}
