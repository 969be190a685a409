package dev.sluice.plugins.acme;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.schema.VaultReference;
import dev.sluice.api.security.PemKeys;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** The keys of accounts: of the gateway's keys, or made up once and kept in the storage. */
record Accounts(PluginContext context, Storages storages) {

  private static final String KEY = "key";
  private static final String PUBLIC_KEY = "public_key";

  Future<KeyPair> key(AcmeConfig config) {
    return config.accountKey().isPresent() ? chosen(config.accountKey().get()) : kept(config);
  }

  private Future<KeyPair> kept(AcmeConfig config) {
    Storage storage = storages.of(config.storage());
    String name = StorageKeys.account(config);
    return storage.get(name).compose(found -> found.isPresent()
        ? context.ordered(() -> read(new JsonObject(found.get())))
        : context
            .ordered(Accounts::make)
            .compose(made -> storage.add(name, made.encode(), Storage.FOR_EVER))
            .compose(added -> storage.get(name))
            .compose(made -> context.ordered(() -> read(new JsonObject(
                made.orElseThrow(() -> new AcmeFailure("the storage does not keep the account's key")))))));
  }

  private static JsonObject make() throws GeneralSecurityException {
    KeyPair pair = Pem.generate(new AcmeConfig.KeyKind(true, 0));
    return new JsonObject()
        .put(KEY, Pem.of("PRIVATE KEY", pair.getPrivate().getEncoded()))
        .put(PUBLIC_KEY, Pem.of("PUBLIC KEY", pair.getPublic().getEncoded()));
  }

  private static KeyPair read(JsonObject account) throws GeneralSecurityException {
    return pair(account.getString(KEY), Optional.ofNullable(account.getString(PUBLIC_KEY)));
  }

  private static KeyPair pair(String privatePem, Optional<String> publicPem) throws GeneralSecurityException {
    PrivateKey secret = PemKeys.privateKey(privatePem);
    if (publicPem.isPresent()) {
      return new KeyPair(PemKeys.publicKey(publicPem.get()), secret);
    }
    if (secret instanceof RSAPrivateCrtKey rsa) {
      PublicKey open =
          KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
      return new KeyPair(open, secret);
    }
    throw new InvalidKeyException("the key of the account needs its public key beside it");
  }

  private Future<KeyPair> chosen(AcmeConfig.AccountKey wanted) {
    Entities entities = context.entities();
    return Rows.all(entities, CoreEntities.KEY_SETS, Optional.empty()).compose(sets -> {
      Optional<String> set = wanted.set().map(name -> sets.stream()
          .filter(row -> name.equals(row.getString("name")) || name.equals(row.getString("id")))
          .map(row -> row.getString("id"))
          .findFirst()
          .orElseThrow(() -> new AcmeFailure("the key set " + name + " of account_key does not exist")));
      return Rows.all(entities, CoreEntities.KEYS, Optional.empty()).compose(keys -> keys.stream()
          .filter(row -> wanted.id().equals(row.getString("kid")))
          .filter(row -> Documents.reference(row, "set").equals(set))
          .findFirst()
          .map(row -> context.ordered(() -> chosen(row)))
          .orElseGet(() -> Future.failedFuture(
              new AcmeFailure("the key " + wanted.id() + " of account_key does not exist"))));
    });
  }

  private static KeyPair chosen(JsonObject key) throws GeneralSecurityException {
    JsonObject pem = key.getJsonObject("pem");
    String text = pem == null ? key.getString("jwk") : pem.getString("private_key");
    if (text == null || VaultReference.is(text)) {
      throw new AcmeFailure("the key " + key.getString("kid") + " of account_key holds no private key");
    }
    return pem == null ? jwk(text) : pair(text, Optional.ofNullable(pem.getString(PUBLIC_KEY)));
  }

  private static KeyPair jwk(String text) throws InvalidKeyException {
    try {
      PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(text);
      if (jwk.getPrivateKey() == null) {
        throw new InvalidKeyException("the JWK of account_key holds no private key");
      }
      return new KeyPair(jwk.getPublicKey(), jwk.getPrivateKey());
    } catch (JoseException e) {
      throw new InvalidKeyException("the JWK of account_key cannot be read", e);
    }
  }
}
