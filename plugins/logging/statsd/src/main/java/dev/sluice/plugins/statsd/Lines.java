package dev.sluice.plugins.statsd;

import dev.sluice.api.entity.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The metrics of a request or a stream as lines. Safe for all threads. */
final class Lines {

  private static final String UNMATCHED = "global.unmatched";

  private final StatsdConfig config;
  private final String node;
  private final String prefix;

  Lines(StatsdConfig config, String hostname) {
    this.config = config;
    this.node = hostname.replace('.', '_');
    boolean named = config.hostnameInPrefix() && config.tags().isEmpty();
    this.prefix = (named ? config.prefix() + ".node." + node : config.prefix()) + ".";
  }

  List<String> of(Measured of) {
    List<String> lines = new ArrayList<>(config.metrics().size());
    for (Metric metric : config.metrics()) {
      if (metric.figure().isPresent()) {
        of.figure(metric.figure().get()).ifPresent(value -> lines.add(figure(metric, value, of)));
      } else if (config.tags().isEmpty()) {
        perName(metric, of).ifPresent(lines::add);
      }
    }
    return lines;
  }

  private String figure(Metric metric, long value, Measured of) {
    String stat = metric.figure().orElseThrow().stat();
    return config.tags().isPresent()
        ? config.tags().get().line(metric.line(), prefix + stat, value, tags(metric, of))
        : metric.line().plain(prefix + scope(metric, of) + "." + stat, value);
  }

  /** Metrics whose names hold what they count. There is no memory that workers share, so nothing to tell of it. */
  private Optional<String> perName(Metric metric, Measured of) {
    String scope = scope(metric, of);
    Optional<String> who = of.who(metric.who());
    int status = of.status();
    return switch (metric.name()) {
      case "status_count" -> line(metric, scope + ".status." + status);
      case "unique_users" -> who.map(name -> metric.line().plain(prefix + scope + ".user.uniques", name));
      case "request_per_user" -> who.flatMap(name -> line(metric, scope + ".user." + name + ".request.count"));
      case "status_count_per_user" -> who.flatMap(name -> line(metric, scope + ".user." + name + ".status." + status));
      case "status_count_per_workspace" ->
          line(metric, scope + ".workspace." + workspace(metric, of) + ".status." + status);
      case "status_count_per_user_per_route" ->
          who.flatMap(name -> of.route()
              .flatMap(route -> line(metric, "route." + route.id() + ".user." + name + ".status." + status)));
      default -> Optional.empty();
    };
  }

  private Optional<String> line(Metric metric, String name) {
    return Optional.of(metric.line().plain(prefix + name, 1));
  }

  private static String scope(Metric metric, Measured of) {
    return of.service()
        .map(service -> "service." + name(metric, service).map(name -> name.replace('.', '_')).orElse("unnamed"))
        .orElse(UNMATCHED);
  }

  private static Optional<String> name(Metric metric, Service service) {
    return switch (metric.service()) {
      case "service_id" -> Optional.of(service.id());
      case "service_name" -> service.name();
      case "service_host" -> Optional.of(service.host());
      default -> service.name().or(() -> Optional.of(service.host()));
    };
  }

  /** Empty without a service, as Kong has it. */
  private Map<String, String> tags(Metric metric, Measured of) {
    Optional<String> service = of.service().flatMap(each -> name(metric, each));
    if (service.isEmpty()) {
      return Map.of();
    }
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("service", service.get());
    of.route().ifPresent(route -> tags.put("route", route.name().orElse(route.id())));
    tags.put("workspace", workspace(metric, of));
    of.who(metric.who()).ifPresent(name -> tags.put("consumer", name));
    tags.put("node", node);
    tags.put("status", Integer.toString(of.status()));
    return tags;
  }

  private static String workspace(Metric metric, Measured of) {
    return metric.workspaceName() ? of.workspaceName() : of.workspace();
  }
}
