package dev.sluice.plugins.responseratelimiting;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an answer says that it costs: {@code video=1, sms=2}. */
final class Costs {

  private Costs() {}

  /** The costs by the names of limits; what cannot be read costs nothing. */
  static Map<String, Long> read(List<String> lines) {
    Map<String, Long> costs = new HashMap<>();
    for (String line : lines) {
      for (String part : line.split(",", -1)) {
        int equals = part.indexOf('=');
        if (equals > 0) {
          cost(costs, part.substring(0, equals).strip(), part.substring(equals + 1).strip());
        }
      }
    }
    return costs;
  }

  private static void cost(Map<String, Long> costs, String name, String amount) {
    try {
      long number = Long.parseLong(amount);
      if (number > 0) {
        costs.put(name, number);
      }
    } catch (NumberFormatException none) {
      // An upstream that does not count is not the client's fault.
    }
  }
}
