package dev.sluice.plugins.acme;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Optional;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Metadata;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeServerException;

/** Finds the account that a key belongs to, or opens one. Blocks. */
final class Enrolment {

  private static final String NO_ACCOUNT = "urn:ietf:params:acme:error:accountDoesNotExist";
  private static final String ZEROSSL = "acme.zerossl.com";
  private static final URI ZEROSSL_EAB = URI.create("https://api.zerossl.com/acme/eab-credentials-email");

  private final LentHttp http;

  Enrolment(LentHttp http) {
    this.http = http;
  }

  Login login(Session session, AcmeConfig config, KeyPair key) throws AcmeException {
    try {
      return new AccountBuilder().useKeyPair(key).onlyExisting().createLogin(session);
    } catch (AcmeServerException e) {
      if (!e.getType().toString().equals(NO_ACCOUNT)) {
        throw e;
      }
    }
    return open(session, config, key);
  }

  private Login open(Session session, AcmeConfig config, KeyPair key) throws AcmeException {
    AccountBuilder builder = new AccountBuilder().useKeyPair(key).addEmail(config.accountEmail());
    Metadata authority = session.getMetadata();
    Optional<URI> terms = authority.getTermsOfService();
    if (config.tosAccepted()) {
      builder.agreeToTermsOfService();
    } else if (terms.isPresent()) {
      throw new AcmeFailure("terms of service must be accepted, see " + terms.get());
    }
    if (config.eab().isPresent()) {
      bind(builder, config.eab().get());
    } else if (authority.isExternalAccountRequired() && ZEROSSL.equals(session.getServerUri().getHost())) {
      bind(builder, zerossl(config.accountEmail()));
    } else if (authority.isExternalAccountRequired()) {
      throw new AcmeFailure("the authority wants an external account: set eab_kid and eab_hmac_key");
    }
    return builder.createLogin(session);
  }

  private static void bind(AccountBuilder builder, AcmeConfig.Eab eab) {
    try {
      builder.withKeyIdentifier(eab.id(), eab.hmacKey());
    } catch (RuntimeException e) {
      throw new AcmeFailure("eab_hmac_key is no key in Base64url");
    }
  }

  /** ZeroSSL gives such keys to everybody who says how they can be reached. */
  private AcmeConfig.Eab zerossl(String email) {
    HttpRequest request = HttpRequest.newBuilder(ZEROSSL_EAB)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString("email=" + URLEncoder.encode(email, StandardCharsets.UTF_8)))
        .build();
    try {
      String text = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      JsonObject answer = new JsonObject(text);
      if (answer.getString("eab_kid") == null || answer.getString("eab_hmac_key") == null) {
        throw new AcmeFailure("ZeroSSL gives no external account for " + email);
      }
      return new AcmeConfig.Eab(answer.getString("eab_kid"), answer.getString("eab_hmac_key"));
    } catch (IOException | DecodeException e) {
      throw new AcmeFailure("ZeroSSL gives no external account: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AcmeFailure("the plugin ends");
    }
  }
}
