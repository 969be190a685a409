package dev.sluice.kernel.pipeline;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.filter.Phase;
import dev.sluice.api.request.HeaderText;
import dev.sluice.api.request.Identity;
import dev.sluice.api.request.MutableHeaders;
import dev.sluice.api.request.Origin;
import dev.sluice.api.request.UpstreamRequest;
import dev.sluice.api.routing.RouteMatch;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The request that goes upstream. Its headers are those of the client, changed in place. */
public final class Outbound implements UpstreamRequest {

  private static final Set<Phase> CHANGING = EnumSet.of(Phase.REWRITE, Phase.ACCESS);

  private static final Optional<String> ANONYMOUS = Optional.of("true");

  private static final AsciiString[] OF_CLIENTS = {
    HeaderNames.X_CONSUMER_ID,
    HeaderNames.X_CONSUMER_CUSTOM_ID,
    HeaderNames.X_CONSUMER_USERNAME,
    HeaderNames.X_CREDENTIAL_IDENTIFIER,
    HeaderNames.X_ANONYMOUS_CONSUMER,
  };

  private final Exchange exchange;
  private GuardedHeaders headers;
  private Identity identity;
  private String method;
  private String path;
  private String query;
  private Buffer body;
  private String strippedPrefix = "";
  private String replacedHost;
  private Origin origin;
  private boolean upgrades;

  Outbound(Exchange exchange) {
    this.exchange = exchange;
  }

  void begin(InboundRequest inbound) {
    method = inbound.method();
    path = inbound.path();
    query = inbound.queryOrNull();
  }

  void routed(RouteMatch match) {
    path = match.upstreamPath();
    strippedPrefix = match.strippedPrefix();
  }

  /** The raw lines. */
  public MultiMap map() {
    settle();
    return lines();
  }

  /** The raw lines without those of {@link #identity}. */
  public MultiMap lines() {
    return exchange.inbound().lines();
  }

  /** What is told of the client beside the lines; null when there is nothing, or when it is among them. */
  public Identity identity() {
    return identity;
  }

  /** Puts among the lines what is told of the client: somebody will look for it there. */
  void settle() {
    if (identity != null) {
      MultiMap lines = lines();
      identity.forEach(lines::set);
      identity = null;
    }
  }

  MultiMap linesOrNull() {
    return exchange.inbound() == null ? null : lines();
  }

  /** The raw query; null without a question mark. */
  public String queryOrNull() {
    return query;
  }

  /** What routing took off the front of the path. */
  public String strippedPrefix() {
    return strippedPrefix;
  }

  /** The Host header given by a filter, in place of that of the target; null when there is none. */
  public String replacedHost() {
    return replacedHost;
  }

  /** Notes that a filter has set a header: a Host of its own is kept apart, since the client's is still needed. */
  boolean keepsApart(CharSequence name, CharSequence value) {
    if (!HeaderNames.HOST.contentEqualsIgnoreCase(name)) {
      return false;
    }
    replacedHost = value.toString();
    return true;
  }

  /** The server given by a filter, in place of that of the service; null when there is none. */
  public Origin origin() {
    return origin;
  }

  @Override
  public UpstreamRequest origin(Origin other) {
    exchange.require("upstreamRequest().origin()", CHANGING);
    origin = other;
    replacedHost = other.authority();
    return this;
  }

  /** Says whether the request asks the upstream to go over to WebSocket. */
  public void upgrades(boolean asks) {
    upgrades = asks;
  }

  /** Whether the request asks the upstream to go over to WebSocket. */
  public boolean upgrades() {
    return upgrades;
  }

  /** A body given by a filter, in place of the client's; null when there is none. */
  public Buffer replacedBody() {
    return body;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public UpstreamRequest method(String other) {
    exchange.require("upstreamRequest().method()", CHANGING);
    if (!other.matches("[A-Z_-]+")) {
      throw new IllegalArgumentException("'" + other + "' is no method");
    }
    method = other;
    return this;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public UpstreamRequest path(String other) {
    exchange.require("upstreamRequest().path()", CHANGING);
    if (!other.startsWith("/")) {
      throw new IllegalArgumentException("a path starts with a slash: '" + other + "'");
    }
    path = other;
    return this;
  }

  /** Changes the path when the filters have run. */
  void reroute(String other) {
    path = other.startsWith("/") ? other : "/" + other;
  }

  @Override
  public String query() {
    return query == null ? "" : query;
  }

  @Override
  public UpstreamRequest query(String rawQuery) {
    exchange.require("upstreamRequest().query()", CHANGING);
    if (rawQuery.chars().anyMatch(c -> c <= ' ' || c >= 127 || c == '#')) {
      throw new IllegalArgumentException("the query holds a character that must be encoded: '" + rawQuery + "'");
    }
    query = rawQuery.isEmpty() ? null : rawQuery;
    return this;
  }

  @Override
  public String target() {
    String escaped = PathForm.escape(path);
    return query == null ? escaped : escaped + "?" + query;
  }

  @Override
  public MutableHeaders headers() {
    settle();
    if (headers == null) {
      headers = new GuardedHeaders(lines(), exchange, "a change of upstreamRequest().headers()", CHANGING);
    }
    return headers;
  }

  @Override
  public UpstreamRequest body(Buffer other) {
    exchange.require("upstreamRequest().body()", CHANGING);
    body = other;
    return this;
  }

  /** Says who the client is. It stays beside the lines, as it is written out already, until somebody looks. */
  void identify(Identity who) {
    MultiMap lines = lines();
    for (AsciiString name : OF_CLIENTS) {
      lines.remove(name);
    }
    identity = who;
  }

  void identify(Optional<Consumer> consumer, Optional<String> identifier, boolean anonymous) {
    identity = null;
    MultiMap lines = lines();
    put(lines, HeaderNames.X_CONSUMER_ID, consumer.map(Consumer::id));
    put(lines, HeaderNames.X_CONSUMER_CUSTOM_ID, consumer.flatMap(Consumer::customId));
    put(lines, HeaderNames.X_CONSUMER_USERNAME, consumer.flatMap(Consumer::username));
    put(lines, HeaderNames.X_CREDENTIAL_IDENTIFIER, identifier);
    put(lines, HeaderNames.X_ANONYMOUS_CONSUMER, anonymous ? ANONYMOUS : Optional.empty());
  }

  private static void put(MultiMap lines, AsciiString name, Optional<String> value) {
    if (value.isPresent()) {
      lines.set(name, HeaderText.escaped(value.get()));
    } else {
      lines.remove(name);
    }
  }
}
