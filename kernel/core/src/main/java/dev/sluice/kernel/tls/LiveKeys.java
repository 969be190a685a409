package dev.sluice.kernel.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The keys of a server name, whatever they are at the moment of a handshake. TLS contexts are kept by server name, and
 * with them this; what it shows is looked up each time. Safe for all threads.
 *
 * <p>The JDK first asks for an alias, then for what it stands for. An alias names what it was chosen from, which may
 * have been replaced in between.
 */
final class LiveKeys extends X509ExtendedKeyManager {

  private static final int REMEMBERED = 64;

  private final Supplier<Optional<X509ExtendedKeyManager>> current;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, X509ExtendedKeyManager> chosen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, X509ExtendedKeyManager> eldest) {
          return size() > REMEMBERED;
        }
      };
  private X509ExtendedKeyManager last;
  private long lastNumber;

  LiveKeys(Supplier<Optional<X509ExtendedKeyManager>> current) {
    this.current = current;
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    X509ExtendedKeyManager keys = current.get().orElse(null);
    String alias = keys == null ? null : keys.chooseEngineServerAlias(keyType, issuers, engine);
    return alias == null ? null : numberOf(keys) + ":" + alias;
  }

  @SuppressWarnings("ReferenceEquality")
  private synchronized long numberOf(X509ExtendedKeyManager keys) {
    if (last != keys) {
      last = keys;
      lastNumber = numbers.incrementAndGet();
      chosen.put(lastNumber, keys);
    }
    return lastNumber;
  }

  private synchronized Optional<X509ExtendedKeyManager> chosenFrom(String alias) {
    return Optional.ofNullable(chosen.get(Long.parseLong(alias.substring(0, alias.indexOf(':')))));
  }

  private static String inner(String alias) {
    return alias.substring(alias.indexOf(':') + 1);
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return chosenFrom(alias).map(keys -> keys.getCertificateChain(inner(alias))).orElse(null);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return chosenFrom(alias).map(keys -> keys.getPrivateKey(inner(alias))).orElse(null);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return new String[0];
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return null;
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return new String[0];
  }

  @Override
  public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    return null;
  }
}
