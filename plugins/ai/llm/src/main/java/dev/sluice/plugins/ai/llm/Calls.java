package dev.sluice.plugins.ai.llm;

import dev.sluice.api.request.Origin;
import dev.sluice.api.request.UrlEncoded;
import dev.sluice.plugins.serverless.SigV4;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Makes requests to the provider that a configuration names. Safe for all threads. */
public final class Calls {

  private static final Pattern BASE = Pattern.compile("https?://[A-Za-z0-9._-]+(:[0-9]{1,5})?");
  private static final String HIDDEN = "REDACTED";
  private static final String TYPE = "Content-Type";
  private static final String AUTHORIZATION = "Authorization";
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final Auth auth;
  private final Driver driver;
  private final Optional<Signer> signer;
  private final boolean verify;

  /**
   * Those of a configuration.
   *
   * @param verify whether the provider's certificate is verified
   */
  Calls(LlmConfig config, Driver driver, Optional<Signer> signer, boolean verify) {
    this.auth = config.auth();
    this.driver = driver;
    this.signer = signer;
    this.verify = verify;
  }

  /** A text as it stands in a path or a query. */
  static String escape(String text) {
    return SigV4.escape(text);
  }

  /** A name with slashes as it stands in a path. */
  static String escapePath(String text) {
    StringJoiner path = new StringJoiner("/");
    for (String segment : text.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw new LlmException("'" + text + "' is no name of a model");
      }
      path.add(escape(segment));
    }
    return path.toString();
  }

  /**
   * The request for what is asked.
   *
   * @param ask with the client's own words when it is to be preserved
   * @param body to send; empty to send the translation of what is asked
   * @param token of a service account
   * @throws LlmException when it cannot be asked
   */
  Call of(Ask ask, Optional<Buffer> body, Client client, Optional<String> token) {
    URI base = base(ask);
    boolean secure = "https".equals(base.getScheme());
    String host = base.getHost();
    int port = base.getPort() >= 0 ? base.getPort() : secure ? HTTPS : HTTP;
    Origin origin = new Origin(secure, host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port, verify);
    String path = safe(path(ask, base, client));
    String query = safe(query(ask, base, client, body.isPresent()));
    String shown = query;
    if (auth.param().isPresent() && !auth.inBody()) {
      Auth.Pair param = auth.param().get();
      if (!auth.override() || !UrlEncoded.parse(query).containsKey(param.name())) {
        String rest = UrlEncoded.without(query, param.name());
        query = join(rest, escape(param.name()) + "=" + escape(param.value()));
        shown = join(rest, escape(param.name()) + "=" + HIDDEN);
      }
    }
    Buffer bytes = body.orElseGet(() -> driver.request(ask).toBuffer());
    if (auth.param().isPresent() && auth.inBody()) {
      bytes = withParam(bytes, ask);
    }
    Map<String, String> headers = new HashMap<>(ask.type() == RouteType.PRESERVE ? Map.of() : driver.headers(ask));
    if (ask.type() != RouteType.PRESERVE) {
      headers.put(TYPE, "application/json");
    }
    Set<String> secrets = secrets(headers, client, token);
    if (signer.isPresent()) {
      headers.put(TYPE, "application/json");
      Map<String, String> signed = signer.get().sign(origin.authority(), path, query, bytes);
      headers.putAll(signed);
      signed.keySet().forEach(name -> secrets.add(name.toLowerCase(Locale.ROOT)));
    }
    String target = shown.isEmpty() ? path : path + "?" + shown;
    return new Call(origin, path, query, headers, secrets, target, bytes);
  }

  /** What a template has brought must not begin another line of the request. */
  private static String safe(String text) {
    if (text.chars().allMatch(c -> c > ' ' && c < 127 && c != '#')) {
      return text;
    }
    StringBuilder safe = new StringBuilder();
    text.codePoints().forEach(c -> {
      String one = Character.toString(c);
      safe.append(c > ' ' && c < 127 && c != '#' ? one : escape(one));
    });
    return safe.toString();
  }

  private Set<String> secrets(Map<String, String> headers, Client client, Optional<String> token) {
    Set<String> secrets = new HashSet<>();
    auth.header()
        .filter(header -> !auth.override() || client.header(header.name()).isEmpty())
        .ifPresent(header -> {
          headers.put(header.name(), header.value());
          secrets.add(header.name().toLowerCase(Locale.ROOT));
        });
    token.ifPresent(text -> {
      headers.put(AUTHORIZATION, "Bearer " + text);
      secrets.add(AUTHORIZATION.toLowerCase(Locale.ROOT));
    });
    return secrets;
  }

  private Buffer withParam(Buffer bytes, Ask ask) {
    Auth.Pair param = auth.param().orElseThrow();
    Object given = ask.body().getValue(param.name());
    try {
      JsonObject body = new JsonObject(bytes);
      return body.put(param.name(), auth.override() && given != null ? given : param.value()).toBuffer();
    } catch (DecodeException e) {
      throw new LlmException("the body has no place for " + param.name() + ": it is no JSON, or too long");
    }
  }

  private URI base(Ask ask) {
    Optional<String> configured = ask.model().option("upstream_url");
    try {
      if (configured.isPresent()) {
        URI uri = new URI(configured.get());
        if (uri.getHost() == null || !"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
          throw new LlmException("upstream_url is no address that can be asked");
        }
        return uri;
      }
      String base = driver.base(ask.model());
      if (!BASE.matcher(base).matches()) {
        throw new LlmException(base.isEmpty()
            ? "upstream_url must be set for this format of the " + ask.model().provider() + " provider"
            : "the address of the " + ask.model().provider() + " provider is no address");
      }
      return new URI(base);
    } catch (URISyntaxException e) {
      throw new LlmException("upstream_url is no address that can be asked");
    }
  }

  /** A path that stands in upstream_url is the whole of it. */
  private String path(Ask ask, URI base, Client client) {
    String own = base.getRawPath();
    if (own != null && !own.isEmpty() && !own.equals("/")) {
      return own;
    }
    Optional<String> configured = ask.model().option("upstream_path");
    if (configured.isPresent()) {
      return configured.get().startsWith("/") ? configured.get() : "/" + configured.get();
    }
    return ask.type() == RouteType.PRESERVE ? client.path() : driver.path(ask);
  }

  private String query(Ask ask, URI base, Client client, boolean asItIs) {
    String own = base.getRawQuery() == null ? "" : base.getRawQuery();
    String wanted = asItIs ? preserved(ask) : driver.query(ask);
    String rest = client.query();
    for (String name : UrlEncoded.parse(join(own, wanted)).keySet()) {
      rest = UrlEncoded.without(rest, name);
    }
    return join(join(rest, own), wanted);
  }

  /** Azure tells versions of its API by an argument, whatever is asked. */
  private String preserved(Ask ask) {
    return ask.model().provider().equals("azure") ? driver.query(ask) : "";
  }

  private static String join(String one, String other) {
    return one.isEmpty() ? other : other.isEmpty() ? one : one + "&" + other;
  }
}
