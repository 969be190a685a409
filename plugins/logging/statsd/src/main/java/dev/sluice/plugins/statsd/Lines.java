package dev.sluice.plugins.statsd;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.logging.Latencies;
import dev.sluice.plugins.logging.LogEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The metrics of a request as lines. Safe for all threads. */
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

  List<String> of(RequestContext context) {
    Latencies latencies = Latencies.of(context);
    List<String> lines = new ArrayList<>(config.metrics().size());
    for (Metric metric : config.metrics()) {
      if (metric.figure().isPresent()) {
        metric.figure().get().of(context, latencies).ifPresent(value -> lines.add(figure(metric, value, context)));
      } else if (config.tags().isEmpty()) {
        perName(metric, context).ifPresent(lines::add);
      }
    }
    return lines;
  }

  private String figure(Metric metric, long value, RequestContext context) {
    String stat = metric.figure().orElseThrow().stat();
    return config.tags().isPresent()
        ? config.tags().get().line(metric.line(), prefix + stat, value, tags(metric, context))
        : metric.line().plain(prefix + scope(metric, context) + "." + stat, value);
  }

  /** Metrics whose names hold what they count. There is no memory that workers share, so nothing to tell of it. */
  private Optional<String> perName(Metric metric, RequestContext context) {
    String scope = scope(metric, context);
    Optional<String> who = metric.who().name(context);
    int status = LogEntry.status(context);
    return switch (metric.name()) {
      case "status_count" -> line(metric, scope + ".status." + status);
      case "unique_users" -> who.map(name -> metric.line().plain(prefix + scope + ".user.uniques", name));
      case "request_per_user" -> who.flatMap(name -> line(metric, scope + ".user." + name + ".request.count"));
      case "status_count_per_user" -> who.flatMap(name -> line(metric, scope + ".user." + name + ".status." + status));
      case "status_count_per_workspace" ->
          line(metric, scope + ".workspace." + workspace(metric, context) + ".status." + status);
      case "status_count_per_user_per_route" ->
          who.flatMap(name -> route(context)
              .flatMap(route -> line(metric, "route." + route.id() + ".user." + name + ".status." + status)));
      default -> Optional.empty();
    };
  }

  private Optional<String> line(Metric metric, String name) {
    return Optional.of(metric.line().plain(prefix + name, 1));
  }

  private static String scope(Metric metric, RequestContext context) {
    return service(context)
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
  private Map<String, String> tags(Metric metric, RequestContext context) {
    Optional<String> service = service(context).flatMap(each -> name(metric, each));
    if (service.isEmpty()) {
      return Map.of();
    }
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("service", service.get());
    route(context).ifPresent(route -> tags.put("route", route.name().orElse(route.id())));
    tags.put("workspace", workspace(metric, context));
    metric.who().name(context).ifPresent(name -> tags.put("consumer", name));
    tags.put("node", node);
    tags.put("status", Integer.toString(LogEntry.status(context)));
    return tags;
  }

  private static String workspace(Metric metric, RequestContext context) {
    return metric.workspaceName() ? LogEntry.workspaceName(context) : context.workspace();
  }

  private static Optional<Service> service(RequestContext context) {
    return context.match().flatMap(match -> match.definition().service());
  }

  private static Optional<Route> route(RequestContext context) {
    return context.match().map(match -> match.definition().route());
  }
}
