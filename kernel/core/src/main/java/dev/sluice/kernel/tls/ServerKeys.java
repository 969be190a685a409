package dev.sluice.kernel.tls;

import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import java.security.KeyStore;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.X509ExtendedKeyManager;

/** What a listener shows: certificates of the configuration, and where those have none, its own. */
public final class ServerKeys implements KeyCertOptions {

  private final KeyCertOptions own;
  private final SniCertificates configured;
  private final AskedClients asked;

  /**
   * Makes the keys of a listener.
   *
   * @param own those of its settings
   * @param asked whose names need terms of their own
   */
  public ServerKeys(KeyCertOptions own, SniCertificates configured, AskedClients asked) {
    this.own = own;
    this.configured = configured;
    this.asked = asked;
  }

  /** The same: it holds nothing that changes. */
  @Override
  public KeyCertOptions copy() {
    return this;
  }

  @Override
  public KeyManagerFactory getKeyManagerFactory(Vertx vertx) throws Exception {
    return live("", first(own.getKeyManagerFactory(vertx)));
  }

  @Override
  public Function<String, KeyManagerFactory> keyManagerFactoryMapper(Vertx vertx) throws Exception {
    Function<String, KeyManagerFactory> others = own.keyManagerFactoryMapper(vertx);
    Optional<X509ExtendedKeyManager> fallback = first(own.getKeyManagerFactory(vertx));
    return name -> {
      if (configured.find(name).isPresent()) {
        return live(name, fallback);
      }
      KeyManagerFactory other = others == null ? null : others.apply(name);
      if (other != null) {
        return live(name, first(other));
      }
      return asked.names(name) ? live(name, fallback) : null;
    };
  }

  /** The server name that keys are for; empty for those of all names that have none of their own. */
  static String serverName(KeyManagerFactory keys) {
    return keys instanceof Factory factory ? factory.name : "";
  }

  private static Optional<X509ExtendedKeyManager> first(KeyManagerFactory factory) {
    for (KeyManager manager : factory.getKeyManagers()) {
      if (manager instanceof X509ExtendedKeyManager keys) {
        return Optional.of(keys);
      }
    }
    return Optional.empty();
  }

  private KeyManagerFactory live(String name, Optional<X509ExtendedKeyManager> fallback) {
    return new Factory(name, new LiveKeys(() -> configured.find(name).or(() -> fallback)));
  }

  /** A factory of one manager that is there already. */
  private static final class Factory extends KeyManagerFactory {
    private final String name;

    Factory(String name, X509ExtendedKeyManager keys) {
      super(new Spi(keys), null, "sluice");
      this.name = name;
    }
  }

  private static final class Spi extends KeyManagerFactorySpi {
    private final KeyManager[] managers;

    Spi(X509ExtendedKeyManager keys) {
      this.managers = new KeyManager[] {keys};
    }

    @Override
    protected void engineInit(KeyStore store, char[] password) {
      // There is nothing to begin with.
    }

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) {
      // There is nothing to begin with.
    }

    @Override
    protected KeyManager[] engineGetKeyManagers() {
      return managers.clone();
    }
  }
}
