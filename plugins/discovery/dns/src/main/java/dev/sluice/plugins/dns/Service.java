package dev.sluice.plugins.dns;

import dev.sluice.plugins.dns.Answer.Host;
import java.util.ArrayList;
import java.util.List;

/**
 * A server of a service.
 *
 * @param line its record
 * @param answer its addresses
 */
record Service(Records.Line line, Answer answer) {

  private static final int LARGEST_FACTOR = 60;

  /** All addresses, of which those of one server share its weight. */
  static List<Host> hosts(List<Service> services) {
    int factor = 1;
    for (Service service : services) {
      factor = multiple(factor, service.answer().hosts().size());
    }
    List<Host> all = new ArrayList<>();
    for (Service service : services) {
      Records.Line line = service.line();
      int share = Math.max(1, factor / service.answer().hosts().size());
      for (Host host : service.answer().hosts()) {
        all.add(new Host(host.ip(), line.port(), Math.max(1, line.weight()) * share, line.value()));
      }
    }
    return all;
  }

  /** The least common multiple, as long as that is small. */
  private static int multiple(int a, int b) {
    int x = a;
    int y = b;
    while (y != 0) {
      int rest = x % y;
      x = y;
      y = rest;
    }
    return Math.min(LARGEST_FACTOR, a / x * b);
  }
}
