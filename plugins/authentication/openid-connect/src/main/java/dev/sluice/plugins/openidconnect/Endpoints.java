package dev.sluice.plugins.openidconnect;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Asks the endpoints of a provider. What it says is told in no message: there may be tokens in it. */
final class Endpoints {

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final Provider provider;
  private final ProviderClient client;

  Endpoints(Provider provider, ProviderClient client) {
    this.provider = provider;
    this.client = client;
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
      identity.prove(request, whole);
      return client
          .send(provider.place().verify(), provider.place().timeoutMillis(), request, Buffer.buffer(Forms.encode(whole)))
          .compose(reply -> read(name, reply, refusals));
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
