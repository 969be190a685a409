package dev.sluice.api.request;

/**
 * A server that a filter sends a request to, in place of the one that the service names.
 *
 * @param secure whether it is asked over TLS
 * @param host its name or address; that of IPv6 without brackets
 * @param port its port
 * @param verify whether its certificate must be one that the node trusts, and for that name
 */
public record Origin(boolean secure, String host, int port, boolean verify) {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** The Host header for it: the port is left out where it is the usual one. */
  public String authority() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return port == (secure ? HTTPS : HTTP) ? name : name + ":" + port;
  }
}
