package dev.sluice.plugins.opentelemetry;

import dev.sluice.api.NodeInfo;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the node's settings say of tracing.
 *
 * @param request whether the spans of whole requests are recorded
 * @param balancer whether attempts to reach a target are
 * @param rate the share of requests that is recorded when nobody has decided
 */
record Instrumentations(boolean request, boolean balancer, double rate) {

  private static final String OFF = "off";
  private static final String ALL = "all";
  private static final String REQUEST = "request";
  private static final String BALANCER = "balancer";
  private static final String RATE = "0.01";
  private static final List<String> KNOWN = List.of(OFF, ALL, REQUEST, BALANCER);
  private static final Logger log = LoggerFactory.getLogger(Instrumentations.class);

  static Instrumentations of(NodeInfo node) {
    String names = setting(node, "tracing_instrumentations", "opentelemetry_tracing", OFF);
    String rate = setting(node, "tracing_sampling_rate", "opentelemetry_tracing_sampling_rate", RATE);
    Set<String> named = Stream.of(names.split(",", -1)).map(String::strip).collect(Collectors.toSet());
    boolean all = named.contains(ALL);
    if (!KNOWN.containsAll(named)) {
      log.warn("tracing_instrumentations is '{}', of which nothing but {} is recorded", names, KNOWN);
    }
    return new Instrumentations(
        all || named.contains(REQUEST), all || named.contains(BALANCER), Double.parseDouble(rate));
  }

  /** A setting; while it has its default, that of its former name. */
  private static String setting(NodeInfo node, String name, String former, String usual) {
    return node.setting(name)
        .filter(value -> !value.equals(usual))
        .or(() -> node.setting(former))
        .orElse(usual);
  }

  /** Whether anything is recorded. */
  boolean on() {
    return request || balancer;
  }
}
