package dev.sluice.plugins.ldapauth;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.SelfSignedCertificateGenerator;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import com.unboundid.util.ssl.KeyStoreKeyManager;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import com.unboundid.util.ssl.cert.CertException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A directory with the user {@code bob}, whose password is {@code kong}, and with {@code a,b}, whose is {@code p:w}. */
final class TestDirectory extends InMemoryOperationInterceptor implements AutoCloseable {

  static final String BASE = "ou=people,dc=test";

  private final InMemoryDirectoryServer server;
  private final AtomicInteger binds = new AtomicInteger();
  private final Set<Long> connections = ConcurrentHashMap.newKeySet();

  TestDirectory() {
    try {
      var store = SelfSignedCertificateGenerator.generateTemporarySelfSignedCertificate("test", "PKCS12");
      SSLUtil tls =
          new SSLUtil(new KeyStoreKeyManager(store.getFirst(), store.getSecond()), new TrustAllTrustManager());
      InetAddress loopback = InetAddress.getLoopbackAddress();
      InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=test");
      config.setListenerConfigs(
          InMemoryListenerConfig.createLDAPConfig("plain", loopback, 0, tls.createSSLSocketFactory()),
          InMemoryListenerConfig.createLDAPSConfig("tls", loopback, 0, tls.createSSLServerSocketFactory(), null));
      config.addInMemoryOperationInterceptor(this);
      config.setSchema(null);
      server = new InMemoryDirectoryServer(config);
      server.add("dn: dc=test", "objectClass: top", "dc: test");
      server.add("dn: " + BASE, "objectClass: top", "ou: people");
      server.add("dn: uid=bob," + BASE, "objectClass: top", "uid: bob", "userPassword: kong");
      server.add("dn: uid=a\\,b," + BASE, "objectClass: top", "uid: a,b", "userPassword: p:w");
      server.startListening();
    } catch (LDAPException | LDIFException | CertException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) {
    binds.incrementAndGet();
    connections.add(request.getConnectionID());
  }

  int port() {
    return server.getListenPort("plain");
  }

  int tlsPort() {
    return server.getListenPort("tls");
  }

  int binds() {
    return binds.get();
  }

  /** How many connections have asked. */
  int connections() {
    return connections.size();
  }

  void closeConnections() {
    server.closeAllConnections(false);
  }

  @Override
  public void close() {
    server.shutDown(true);
  }
}
