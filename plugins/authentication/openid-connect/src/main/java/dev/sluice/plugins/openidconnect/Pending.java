package dev.sluice.plugins.openidconnect;

import dev.sluice.plugins.authentication.Seal;
import dev.sluice.plugins.authentication.Secrets;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A login that a browser was sent away for. Shows in no text.
 *
 * @param state by which the browser is known when it comes back
 * @param nonce that the ID token must name
 * @param verifier that the provider wants to see for the code (RFC 7636)
 * @param redirect where the browser comes back to
 * @param path that was asked for
 * @param query that was asked for
 * @param at when, in seconds since the epoch
 */
record Pending(String state, String nonce, String verifier, String redirect, String path, String query, long at) {

  /** How many logins one browser may have begun: pages that are opened side by side. */
  private static final int MOST = 4;

  static Pending fresh(String redirect, String path, String query, long now) {
    return new Pending(Seal.randomId(), Seal.randomId(), Seal.randomId(), redirect, path, query, now);
  }

  /** What the provider is shown of the verifier. */
  String challenge() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  boolean isOf(String shown) {
    return Secrets.same(state, shown);
  }

  /** These logins and one more; the oldest make room. */
  static List<Pending> added(List<Pending> some, Pending one) {
    List<Pending> all = new ArrayList<>(some);
    all.add(one);
    return all.subList(Math.max(0, all.size() - MOST), all.size());
  }

  static byte[] encode(List<Pending> some) {
    JsonArray all = new JsonArray();
    some.forEach(each -> all.add(new JsonArray()
        .add(each.state).add(each.nonce).add(each.verifier).add(each.redirect).add(each.path).add(each.query).add(each.at)));
    return new JsonObject().put("p", all).toBuffer().getBytes();
  }

  /** Reads what {@link #encode} has written, those alone that are not too old. */
  static List<Pending> read(byte[] bytes, long since) {
    try {
      List<Pending> all = new ArrayList<>();
      for (Object one : new JsonObject(Buffer.buffer(bytes)).getJsonArray("p")) {
        JsonArray parts = (JsonArray) one;
        if (parts.getLong(6) >= since) {
          all.add(new Pending(
              parts.getString(0),
              parts.getString(1),
              parts.getString(2),
              parts.getString(3),
              parts.getString(4),
              parts.getString(5),
              parts.getLong(6)));
        }
      }
      return all;
    } catch (DecodeException | ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
      return List.of();
    }
  }

  @Override
  public String toString() {
    return "login";
  }
}
