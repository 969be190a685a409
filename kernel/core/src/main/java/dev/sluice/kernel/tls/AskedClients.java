package dev.sluice.kernel.tls;

import dev.sluice.api.entity.CaCertificate;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.security.X509;
import dev.sluice.kernel.snapshot.GatewaySnapshot;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Clients that filters want to see certificates of. Looked up at each handshake in the configuration that serves then.
 * They need not show one, and the handshake takes whatever they have the key of: who is let in, the filters say. Safe
 * for all threads.
 */
public final class AskedClients {

  private final Supplier<GatewaySnapshot> current;

  /** Makes those of whatever serves. */
  public AskedClients(Supplier<GatewaySnapshot> current) {
    this.current = current;
  }

  /** Whether a server name is asked for its own sake. */
  boolean names(String serverName) {
    return current.get().clientCertificates().names(serverName);
  }

  /** Whether who names a server name is asked; empty for a name that is nobody's. */
  boolean asks(String serverName) {
    return current.get().clientCertificates().asks(serverName);
  }

  /** What is told of authorities to those who name a server name, and how their certificates are looked at: not at all. */
  TrustManagerFactory trust(String serverName) {
    return new Factory(new Announcing(serverName));
  }

  private X509Certificate[] announced(String serverName) {
    GatewaySnapshot now = current.get();
    List<X509Certificate> authorities = new ArrayList<>();
    for (String id : now.clientCertificates().announced(serverName)) {
      now.tables().byId(CoreEntities.CA_CERTIFICATES, id).flatMap(AskedClients::read).ifPresent(authorities::add);
    }
    return authorities.toArray(X509Certificate[]::new);
  }

  private static Optional<X509Certificate> read(CaCertificate authority) {
    try {
      return Optional.of(X509.chain(authority.cert()).get(0));
    } catch (CertificateException e) {
      // Told to nobody, then; who verifies cannot read it either.
      return Optional.empty();
    }
  }

  /** Extended, or the JDK would wrap it in checks of its own. */
  private final class Announcing extends X509ExtendedTrustManager {
    private final String serverName;

    Announcing(String serverName) {
      this.serverName = serverName;
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return announced(serverName);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
      // The filters do.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
      // The filters do.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
      // The filters do.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("no server is met here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      throw new CertificateException("no server is met here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
      throw new CertificateException("no server is met here");
    }
  }

  private static final class Factory extends TrustManagerFactory {
    Factory(TrustManager trust) {
      super(new Spi(trust), null, "sluice");
    }
  }

  private static final class Spi extends TrustManagerFactorySpi {
    private final TrustManager[] managers;

    Spi(TrustManager trust) {
      this.managers = new TrustManager[] {trust};
    }

    @Override
    protected void engineInit(KeyStore store) {
      // There is nothing to begin with.
    }

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) {
      // There is nothing to begin with.
    }

    @Override
    protected TrustManager[] engineGetTrustManagers() {
      return managers.clone();
    }
  }
}
