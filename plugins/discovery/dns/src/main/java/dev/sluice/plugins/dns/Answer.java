package dev.sluice.plugins.dns;

import dev.sluice.api.upstream.TargetResolver.Address;
import dev.sluice.api.upstream.TargetResolver.Resolution;
import dev.sluice.plugins.dns.DnsSettings.Kind;
import java.time.Duration;
import java.util.List;

/**
 * What a name stands for.
 *
 * @param kind of its records
 * @param hosts at least one
 * @param until when it holds, in milliseconds of the epoch
 */
record Answer(Kind kind, List<Host> hosts, long until) {

  /**
   * One address.
   *
   * @param ip without brackets
   * @param port 0 when the record has none
   * @param weight 0 when the record has none
   * @param name of the server; empty when the record has none
   */
  record Host(String ip, int port, int weight, String name) {

    static Host of(String ip) {
      return new Host(ip, 0, 0, "");
    }
  }

  Resolution at(int port, long now, Duration stale) {
    return new Resolution(
        kind.name(),
        hosts.stream()
            .map(host -> new Address(host.ip(), host.port() > 0 ? host.port() : port, host.weight(), host.name()))
            .toList(),
        Duration.ofMillis(Math.max(0, until - now)),
        stale);
  }
}
