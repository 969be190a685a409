package dev.sluice.kernel.trust;

import dev.sluice.api.security.TrustedAuthorities;
import dev.sluice.api.security.X509;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Authorities whose certificates are believed. Read when they are first needed. Safe for all threads. */
public final class Authorities {

  private final List<String> sources;
  private Checks checks;

  /**
   * What is made of them.
   *
   * @param manager checks chains
   * @param anchors where chains may end
   */
  record Checks(X509ExtendedTrustManager manager, Set<TrustAnchor> anchors) {}

  /**
   * Names the authorities.
   *
   * @param sources PEM texts, names of files, or {@link TrustedAuthorities#SYSTEM}
   */
  public Authorities(List<String> sources) {
    this.sources = List.copyOf(sources);
  }

  /** Whether they have been read. */
  public synchronized boolean ready() {
    return checks != null;
  }

  /** Reads them, if that has not been done; may take a tenth of a second. */
  synchronized Checks checks() throws GeneralSecurityException, IOException {
    if (checks == null) {
      checks = read();
    }
    return checks;
  }

  private Checks read() throws GeneralSecurityException, IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    boolean jdk = false;
    for (String source : sources) {
      Optional<String> named =
          source.equals(TrustedAuthorities.SYSTEM)
              ? TrustedAuthorities.systemBundle().map(Path::toString)
              : Optional.of(source);
      if (named.isPresent()) {
        certificates.addAll(chain(named.get()));
      } else {
        jdk = true;
      }
    }
    if (jdk) {
      certificates.addAll(List.of(manager(null).getAcceptedIssuers()));
    }
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry(Integer.toString(i), certificates.get(i));
    }
    return new Checks(
        manager(store),
        certificates.stream().map(each -> new TrustAnchor(each, null)).collect(Collectors.toUnmodifiableSet()));
  }

  private static List<X509Certificate> chain(String source) throws CertificateException {
    return X509.chain(PemSource.read(source).orElseThrow(() -> new CertificateException("no such file: " + source)));
  }

  private static X509ExtendedTrustManager manager(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    TrustManager[] managers = factory.getTrustManagers();
    return (X509ExtendedTrustManager)
        Arrays.stream(managers).filter(X509ExtendedTrustManager.class::isInstance).findFirst().orElseThrow();
  }
}
