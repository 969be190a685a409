package dev.sluice.plugins.dns;

import dev.sluice.api.upstream.UnresolvedException;
import dev.sluice.plugins.dns.DnsSettings.Times;
import io.netty.handler.codec.dns.DnsResponseCode;

/** Names that do not resolve; the messages are Kong's for the same answers of a name server. */
final class Failures {

  private static final String[] CODES = {
    "no error", "format error", "server failure", "name error", "not implemented", "refused"
  };

  private Failures() {}

  /** The name does not exist. */
  static UnresolvedException absent(Times times) {
    return new UnresolvedException("dns server error: 3 name error", true, times.notFound());
  }

  /** The name exists, and has no records of a kind that is asked for. */
  static UnresolvedException empty(Times times) {
    return new UnresolvedException("dns client error: 101 empty record received", true, times.notFound());
  }

  /** A server has refused to say. */
  static UnresolvedException server(DnsResponseCode code, Times times) {
    int number = code.intValue();
    String text = number < CODES.length ? CODES[number] : "unknown";
    return new UnresolvedException("dns server error: " + number + " " + text, false, times.error());
  }

  /** No server has said anything. */
  static UnresolvedException silent(Throwable cause, Times times) {
    return new UnresolvedException("failed to query the DNS server: " + cause.getMessage(), false, times.error());
  }
}
