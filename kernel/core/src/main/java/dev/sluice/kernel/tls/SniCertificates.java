package dev.sluice.kernel.tls;

import dev.sluice.api.entity.Certificate;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Sni;
import dev.sluice.api.security.CertificateSource;
import dev.sluice.api.security.PemKeys;
import dev.sluice.api.security.X509;
import dev.sluice.kernel.snapshot.EntityTables;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of the configuration that serves, by server name. Asked anew for each handshake, so that a
 * certificate is live when its write is answered. Safe for all threads.
 */
public final class SniCertificates {

  private static final Logger log = LoggerFactory.getLogger(SniCertificates.class);
  private static final char[] PASSWORD = "of no use".toCharArray();
  private static final int SPARE = 100;
  private static final int MOST_LENT = 10_000;

  private final Supplier<EntityTables> tables;
  private final Supplier<List<CertificateSource>> sources;
  private final Map<String, Built> built = new ConcurrentHashMap<>();
  private final Map<String, Built> lent = new ConcurrentHashMap<>();

  /**
   * Keys that were made ready.
   *
   * @param of the certificate as it was then
   * @param keys empty when it cannot be used
   */
  private record Built(Certificate of, Optional<X509ExtendedKeyManager> keys) {}

  /**
   * Makes the certificates of whatever serves.
   *
   * @param tables those that serve now
   * @param sources what plugins have beside them
   */
  public SniCertificates(Supplier<EntityTables> tables, Supplier<List<CertificateSource>> sources) {
    this.tables = tables;
    this.sources = sources;
  }

  /**
   * The keys for a server name: those of the name itself, of a wildcard in its first or last place, of a plugin, or of
   * the name {@code *} that stands for all names. Who names none gets none of them, as in Kong.
   *
   * @param serverName lower case; empty when the client named none
   */
  public Optional<X509ExtendedKeyManager> find(String serverName) {
    if (serverName.isEmpty()) {
      return Optional.empty();
    }
    EntityTables now = tables.get();
    boolean configured = now.count(CoreEntities.SNIS.name()) > 0;
    Optional<X509ExtendedKeyManager> keys =
        configured ? named(now, serverName).flatMap(sni -> keys(now, sni)) : Optional.empty();
    if (keys.isEmpty()) {
      keys = lent(serverName);
    }
    return keys.isPresent() || !configured ? keys : sni(now, "*").flatMap(sni -> keys(now, sni));
  }

  private Optional<X509ExtendedKeyManager> keys(EntityTables now, Sni sni) {
    return now.byId(CoreEntities.CERTIFICATES, sni.certificateId()).flatMap(certificate -> keys(now, certificate));
  }

  private static Optional<Sni> named(EntityTables tables, String name) {
    Optional<Sni> found = sni(tables, name);
    int first = name.indexOf('.');
    // A star in the first place stands for a label before at least two.
    if (found.isEmpty() && first > 0 && name.indexOf('.', first + 1) > 0) {
      found = sni(tables, "*" + name.substring(first));
    }
    if (found.isEmpty() && first > 0) {
      found = sni(tables, name.substring(0, name.lastIndexOf('.')) + ".*");
    }
    return found;
  }

  /** By identity, as for those that are configured. */
  @SuppressWarnings("ReferenceEquality")
  private Optional<X509ExtendedKeyManager> lent(String serverName) {
    for (CertificateSource source : sources.get()) {
      Optional<Certificate> certificate = ask(source, serverName);
      if (certificate.isPresent()) {
        Built known = lent.get(serverName);
        if (known == null || known.of() != certificate.get()) {
          known = new Built(certificate.get(), build(certificate.get()));
          if (lent.size() >= MOST_LENT) {
            lent.clear();
          }
          lent.put(serverName, known);
        }
        return known.keys();
      }
    }
    return Optional.empty();
  }

  private static Optional<Certificate> ask(CertificateSource source, String serverName) {
    try {
      return source.find(serverName);
    } catch (RuntimeException | LinkageError e) {
      log.error("a plugin cannot say which certificate is to be shown", e);
      return Optional.empty();
    }
  }

  private static Optional<Sni> sni(EntityTables tables, String name) {
    return tables.byUniqueAnywhere(CoreEntities.SNIS, "name", name);
  }

  /** By identity: a certificate that was not written is the same object. */
  @SuppressWarnings("ReferenceEquality")
  private Optional<X509ExtendedKeyManager> keys(EntityTables now, Certificate certificate) {
    Built known = built.get(certificate.id());
    if (known == null || known.of() != certificate) {
      known = new Built(certificate, build(certificate));
      built.put(certificate.id(), known);
      if (built.size() > now.count(CoreEntities.CERTIFICATES.name()) + SPARE) {
        built.keySet().removeIf(id -> now.byId(CoreEntities.CERTIFICATES, id).isEmpty());
      }
    }
    return known.keys();
  }

  private static Optional<X509ExtendedKeyManager> build(Certificate certificate) {
    try {
      // Never leaves memory, so that the slow encryption of other kinds would protect nothing.
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, PASSWORD);
      add(store, "cert", certificate.cert(), certificate.key());
      if (certificate.certAlt().isPresent() && certificate.keyAlt().isPresent()) {
        add(store, "cert_alt", certificate.certAlt().get(), certificate.keyAlt().get());
      }
      KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
      factory.init(store, PASSWORD);
      for (KeyManager manager : factory.getKeyManagers()) {
        if (manager instanceof X509ExtendedKeyManager keys) {
          return Optional.of(keys);
        }
      }
      return Optional.empty();
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      // A reference to a secret may have led nowhere; the cause may quote what is no matter for a log.
      log.error("{} cannot be used: {}", certificate, e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  private static void add(KeyStore store, String alias, String cert, String key) throws GeneralSecurityException {
    List<? extends java.security.cert.Certificate> chain = X509.chain(cert);
    store.setKeyEntry(
        alias, PemKeys.privateKey(key), PASSWORD, chain.toArray(java.security.cert.Certificate[]::new));
  }
}
