package dev.sluice.api.security;

import dev.sluice.api.entity.Certificate;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The one certificate that is shown to a server that asks its clients for any. As with nginx it is shown whatever
 * authorities the server says it knows: who configured it knows better. Safe from any thread.
 */
public final class ShownCertificate extends X509ExtendedKeyManager {

  private static final String ALIAS = "shown";

  private final X509Certificate[] chain;
  private final PrivateKey key;

  /**
   * Reads a certificate, with its chain and its key; what it has of another algorithm is left out.
   *
   * @throws GeneralSecurityException when one of them cannot be read
   */
  public ShownCertificate(Certificate certificate) throws GeneralSecurityException {
    this.chain = X509.chain(certificate.cert()).toArray(X509Certificate[]::new);
    this.key = PemKeys.privateKey(certificate.key());
  }

  @Override
  public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
    return List.of(keyTypes).contains(key.getAlgorithm()) ? ALIAS : null;
  }

  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return chain.clone();
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return key;
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return new String[0];
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return null;
  }
}
