package dev.sluice.plugins.openidconnect;

import dev.sluice.api.request.Cookies;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.authentication.CookieForm;
import dev.sluice.plugins.authentication.Seal;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps something in the browser that it can neither read nor change, in as many cookies as that takes. On the event loop of
 * the request.
 */
final class CookieJar {

  /** Browsers take 4096 bytes with the name and what it says of it. */
  private static final int CHUNK = 3700;
  /** All headers of a request together may have 32 KiB. */
  private static final int MOST = 5;

  private final String name;
  private final CookieForm plain;
  private final CookieForm secure;
  private final Optional<Boolean> always;
  private final Seal seal;

  /**
   * A jar.
   *
   * @param prefix of the fields of the configuration
   * @param seal under which nothing else is closed
   */
  CookieJar(JsonObject config, String prefix, Seal seal) {
    this.name = config.getString(prefix + "name");
    this.plain = CookieForm.decode(name, config, prefix, false);
    this.secure = CookieForm.decode(name, config, prefix, true);
    this.always = Optional.ofNullable(config.getBoolean(prefix + "secure"));
    this.seal = seal;
  }

  private String name(int number) {
    return number == 0 ? name : name + "_" + (number + 1);
  }

  private CookieForm form(RequestContext context, int number) {
    boolean encrypted = always.orElseGet(() -> context.request().forwardedScheme().equals("https"));
    return new CookieForm(name(number), (encrypted ? secure : plain).attributes());
  }

  /** What was kept, unless somebody has changed it. The first digit says how many cookies it is in. */
  Optional<byte[]> read(RequestContext context) {
    Optional<String> first = Cookies.first(context.request().headers(), name).filter(text -> text.length() > 2);
    if (first.isEmpty() || first.get().charAt(1) != '.') {
      return Optional.empty();
    }
    int count = first.get().charAt(0) - '0';
    StringBuilder whole = new StringBuilder(first.get().substring(2));
    for (int i = 1; i < Math.min(count, MOST); i++) {
      whole.append(Cookies.first(context.request().headers(), name(i)).orElse(""));
    }
    return seal.openBytes(whole.toString());
  }

  /**
   * Keeps something.
   *
   * @throws IllegalStateException when it is too long
   */
  void write(RequestContext context, byte[] content) {
    String whole = seal.close(content);
    int count = (whole.length() + CHUNK - 1) / CHUNK;
    if (count > MOST) {
      throw new IllegalStateException("the tokens are longer than cookies may be: " + whole.length());
    }
    for (int i = 0; i < count; i++) {
      String part = whole.substring(i * CHUNK, Math.min(whole.length(), (i + 1) * CHUNK));
      send(context, form(context, i).set(i == 0 ? count + "." + part : part));
    }
    clear(context, count);
  }

  void clear(RequestContext context) {
    clear(context, 0);
  }

  private void clear(RequestContext context, int from) {
    for (int i = from; i < MOST; i++) {
      if (Cookies.first(context.request().headers(), name(i)).isPresent()) {
        send(context, form(context, i).clear());
      }
    }
  }

  private static void send(RequestContext context, String line) {
    context.response().headers().add("Set-Cookie", line);
  }

  /** The names of the cookies. */
  Set<String> names() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < MOST; i++) {
      names.add(name(i));
    }
    return names;
  }
}
