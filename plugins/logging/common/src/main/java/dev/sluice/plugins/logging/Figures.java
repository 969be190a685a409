package dev.sluice.plugins.logging;

import dev.sluice.api.request.EndedStream;
import dev.sluice.api.request.RequestContext;
import java.util.OptionalLong;

/** The figures of a request that servers of metrics are sent, by the names of Kong's settings. */
public enum Figures {
  /** One for each request. */
  REQUEST_COUNT("request_count", "request.count"),
  /** The length of the request. */
  REQUEST_SIZE("request_size", "request.size"),
  /** The length of the answer. */
  RESPONSE_SIZE("response_size", "response.size"),
  /** How long it took. */
  LATENCY("latency", "latency"),
  /** How long the upstream was waited for. */
  UPSTREAM_LATENCY("upstream_latency", "upstream_latency"),
  /** The gateway's share. */
  KONG_LATENCY("kong_latency", "kong_latency");

  private final String setting;
  private final String stat;

  Figures(String setting, String stat) {
    this.setting = setting;
    this.stat = stat;
  }

  /** The name in the settings. */
  public String setting() {
    return setting;
  }

  /** The name in messages. */
  public String stat() {
    return stat;
  }

  /** The figure of a request; empty when the upstream was not waited for. */
  public OptionalLong of(RequestContext context, Latencies latencies) {
    long value = switch (this) {
      case REQUEST_COUNT -> 1;
      case REQUEST_SIZE -> context.request().size();
      case RESPONSE_SIZE -> context.response().size();
      case LATENCY -> latencies.request();
      case UPSTREAM_LATENCY -> latencies.proxy();
      case KONG_LATENCY -> latencies.kong();
    };
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** The figure of a stream; empty for what a stream does not have. */
  public OptionalLong of(EndedStream stream) {
    return switch (this) {
      case REQUEST_COUNT -> OptionalLong.of(1);
      case REQUEST_SIZE -> OptionalLong.of(stream.received());
      case RESPONSE_SIZE -> OptionalLong.of(stream.sent());
      case LATENCY -> OptionalLong.of(stream.tookMillis());
      case UPSTREAM_LATENCY -> OptionalLong.empty();
      case KONG_LATENCY -> OptionalLong.of(stream.gatewayMillis());
    };
  }
}
