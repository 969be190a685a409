package dev.sluice.plugins.tracing;

import dev.sluice.api.request.ClientRequest;

/** Names of hosts and protocols as spans tell them. */
public final class Endpoints {

  private Endpoints() {}

  /** The host that the client asked for, without its port. */
  public static String host(ClientRequest request) {
    String host = request.host();
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  /** The version of HTTP: {@code 1.0}, {@code 1.1} or {@code 2}. */
  public static String httpVersion(ClientRequest request) {
    return switch (request.version()) {
      case HTTP_1_0 -> "1.0";
      case HTTP_1_1 -> "1.1";
      case HTTP_2 -> "2";
    };
  }
}
