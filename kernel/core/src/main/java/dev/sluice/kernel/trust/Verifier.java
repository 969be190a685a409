package dev.sluice.kernel.trust;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Verifies certificates of servers: the JDK's checks of chain, use and name, and what those leave out. The JDK believes a
 * certificate that is itself among the authorities without a look at its time, and knows no longest chain.
 */
final class Verifier extends X509ExtendedTrustManager {

  private final Authorities.Checks checks;
  private final int depth;

  /**
   * Makes one.
   *
   * @param depth how many certificates may stand between that of a server and that of an authority
   */
  Verifier(Authorities.Checks checks, int depth) {
    this.checks = checks;
    this.depth = depth;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      checks.manager().checkServerTrusted(chain, authType, engine);
      chain[0].checkValidity();
      if (chain.length - 1 > depth) {
        checkLength(chain);
      }
    } catch (CertificateException | RuntimeException e) {
      throw new CertificateException("the certificate of " + engine.getPeerHost() + " is refused: " + reason(e), e);
    }
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getMessage();
  }

  /** A server may send more than a chain needs: what counts is whether there is a way that is short enough. */
  private void checkLength(X509Certificate[] chain) throws CertificateException {
    if (checks.anchors().stream().anyMatch(anchor -> anchor.getTrustedCert().equals(chain[0]))) {
      return;
    }
    try {
      X509CertSelector leaf = new X509CertSelector();
      leaf.setCertificate(chain[0]);
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(checks.anchors(), leaf);
      parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(chain))));
      parameters.setRevocationEnabled(false);
      parameters.setMaxPathLength(depth);
      CertPathBuilder.getInstance("PKIX").build(parameters);
    } catch (GeneralSecurityException e) {
      throw new CertificateException("more than " + depth + " certificates lie between it and an authority");
    }
  }

  /** Never asked for: engines are checked above. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
    throw new CertificateException("of no connection");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("of no connection of ours");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
    throw new CertificateException("of no server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("of no server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("of no server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
