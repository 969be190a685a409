package dev.sluice.plugins.openidconnect;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Asks the endpoints of a provider. What it says is told in no message: there may be tokens in it. */
final class Endpoints {

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final Provider provider;
  private final ProviderClient client;
  private final Clock clock;

  Endpoints(Provider provider, ProviderClient client, Clock clock) {
    this.provider = provider;
    this.client = client;
    this.clock = clock;
  }

  Future<Provider.Known> known() {
    return provider.known();
  }

  /**
   * Asks for tokens.
   *
   * @param refusals codes of errors that say that somebody has not proved who they are; all others are trouble
   */
  Future<TokenReply> grant(ClientIdentity identity, Map<String, String> form, Set<String> refusals) {
    return provider.known()
        .compose(known -> post(known.metadata(), Metadata.TOKEN, identity, form, refusals))
        .compose(json -> {
          try {
            return Future.succeededFuture(TokenReply.read(json));
          } catch (IOException e) {
            return Future.failedFuture(e);
          }
        });
  }

  /** Asks what a token is. */
  Future<Claims> introspect(ClientIdentity identity, String token, String hint) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("token", token);
    form.put("token_type_hint", hint);
    return provider.known()
        .compose(known -> post(known.metadata(), Metadata.INTROSPECTION, identity, form, Set.of()))
        .map(Claims::new);
  }

  /** Has the provider forget a token; whether it does is not told. */
  Future<Void> revoke(ClientIdentity identity, String token, String hint) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("token", token);
    form.put("token_type_hint", hint);
    return provider.known()
        .compose(known -> post(known.metadata(), Metadata.REVOCATION, identity, form, Set.of()))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  /** Asks who the user of a token is. */
  Future<Claims> userInfo(String token) {
    return provider.known().compose(known -> {
      try {
        RequestOptions request = new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(known.metadata().demand(Metadata.USER_INFO).toString())
            .putHeader("Accept", "application/json")
            .putHeader("Authorization", "Bearer " + token);
        return send(request, Buffer.buffer()).compose(reply -> reply.status() == 401 || reply.status() == 403
            ? Future.failedFuture(RefusedException.invalid("the provider does not take the token"))
            : read(Metadata.USER_INFO, reply, Set.of()).map(Claims::new));
      } catch (IOException e) {
        return Future.failedFuture(e);
      }
    });
  }

  private Future<ProviderClient.Reply> send(RequestOptions request, Buffer body) {
    return client.send(provider.place().verify(), provider.place().timeoutMillis(), request, body);
  }

  private Future<JsonObject> post(
      Metadata metadata, String name, ClientIdentity identity, Map<String, String> form, Set<String> refusals) {
    try {
      URI address = metadata.demand(name);
      RequestOptions request = new RequestOptions()
          .setMethod(HttpMethod.POST)
          .setAbsoluteURI(address.toString())
          .putHeader("Accept", "application/json")
          .putHeader("Content-Type", "application/x-www-form-urlencoded");
      Map<String, String> whole = new LinkedHashMap<>(form);
      identity.prove(request, whole, address.toString(), clock);
      return send(request, Buffer.buffer(Forms.encode(whole))).compose(reply -> read(name, reply, refusals));
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
  }

  private static Future<JsonObject> read(String name, ProviderClient.Reply reply, Set<String> refusals) {
    JsonObject json = json(reply.body());
    if (reply.status() == 200 && !json.isEmpty()) {
      return Future.succeededFuture(json);
    }
    String code = json.getValue("error") instanceof String text && CODE.matcher(text).matches() ? text : "no code";
    return Future.failedFuture(
        reply.status() >= 400 && reply.status() < 500 && refusals.contains(code)
            ? RefusedException.invalid("the provider says " + code)
            : new IOException("the " + name + " says " + reply.status() + ", " + code));
  }

  private static JsonObject json(Buffer body) {
    try {
      return new JsonObject(body);
    } catch (DecodeException | ClassCastException e) {
      return new JsonObject();
    }
  }
}
