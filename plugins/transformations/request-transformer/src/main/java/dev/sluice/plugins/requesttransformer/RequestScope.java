package dev.sluice.plugins.requesttransformer;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.UrlEncoded;
import dev.sluice.api.routing.RouteMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The variables of one request, as it was before anything was changed. */
final class RequestScope implements Scope {

  private static final Table NOTHING = key -> null;

  private final RequestContext context;
  private final Map<String, List<String>> headers;
  private final String rawQuery;
  private Map<String, List<String>> query;

  /**
   * Takes note of a request.
   *
   * @param withHeaders whether its headers are asked for
   */
  RequestScope(RequestContext context, boolean withHeaders) {
    this.context = context;
    this.rawQuery = context.upstreamRequest().query();
    this.headers = withHeaders ? headers(context) : Map.of();
  }

  private static Map<String, List<String>> headers(RequestContext context) {
    Map<String, List<String>> lines = new HashMap<>();
    context.request().headers().forEach((name, value) ->
        lines.computeIfAbsent(name.toLowerCase(Locale.ROOT), absent -> new ArrayList<>(1)).add(value));
    return lines;
  }

  @Override
  public Object variable(String name) {
    return switch (name) {
      case "headers" -> (Table) this::header;
      case "query_params" -> (Table) this::argument;
      case "uri_captures" -> context.match().map(RouteMatch::captures).<Object>map(RequestScope::captures)
          .orElse(NOTHING);
      case "consumer" -> context.consumer().<Object>map(RequestScope::consumer).orElse(null);
      case "shared", "string" -> NOTHING;
      default -> null;
    };
  }

  private Object header(Object key) {
    return key instanceof String name ? several(headers.get(name.toLowerCase(Locale.ROOT).replace('_', '-'))) : null;
  }

  private Object argument(Object key) {
    if (query == null) {
      query = UrlEncoded.parse(rawQuery);
    }
    return key instanceof String name ? several(query.get(name)) : null;
  }

  /** One value stands for itself, several are a table. */
  private static Object several(List<String> values) {
    if (values == null || values.size() == 1) {
      return values == null ? null : values.get(0);
    }
    return (Table) key -> key instanceof Double number && number >= 1 && number <= values.size()
        ? values.get(number.intValue() - 1)
        : null;
  }

  private static Table captures(RouteMatch.Captures captures) {
    return key -> {
      if (key instanceof Double number) {
        int index = number.intValue() - 1;
        return index >= 0 && index < captures.numbered().size() ? captures.numbered().get(index) : null;
      }
      return key instanceof String name ? captures.named().get(name) : null;
    };
  }

  private static Table consumer(Consumer consumer) {
    return key -> {
      Optional<String> value = switch (String.valueOf(key)) {
        case "id" -> Optional.of(consumer.id());
        case "username" -> consumer.username();
        case "custom_id" -> consumer.customId();
        default -> Optional.empty();
      };
      return value.orElse(null);
    };
  }
}
