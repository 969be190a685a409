package dev.sluice.plugins.ai.llm;

import dev.sluice.api.request.RequestContext;
import dev.sluice.api.routing.RouteMatch;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills the name of a model, and its options, with what a request says: {@code $(headers.name)}, {@code
 * $(query_params.name)} and {@code $(uri_captures.name)}. Immutable.
 */
public final class Templates {

  private static final String OPEN = "$(";

  private final Model model;
  private final boolean plain;

  /** Those of a model. */
  public Templates(Model model) {
    this.model = model;
    this.plain = model.name().filter(name -> name.contains(OPEN)).isEmpty() && plain(model.options());
  }

  private static boolean plain(JsonObject options) {
    for (Map.Entry<String, Object> option : options) {
      Object value = option.getValue();
      if (value instanceof JsonObject below ? !plain(below) : value instanceof String text && text.contains(OPEN)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The model for a request.
   *
   * @throws LlmException when the request does not say what it should
   */
  public Model fill(RequestContext context) {
    return plain
        ? model
        : new Model(model.provider(), model.name().map(name -> fill(name, context)), fill(model.options(), context));
  }

  private static JsonObject fill(JsonObject options, RequestContext context) {
    JsonObject filled = new JsonObject();
    for (Map.Entry<String, Object> option : options) {
      Object value = option.getValue();
      filled.put(
          option.getKey(),
          value instanceof JsonObject below ? fill(below, context)
              : value instanceof String text ? fill(text, context) : value);
    }
    return filled;
  }

  private static String fill(String template, RequestContext context) {
    StringBuilder filled = new StringBuilder();
    int from = 0;
    for (int open = template.indexOf(OPEN); open >= 0; open = template.indexOf(OPEN, from)) {
      int close = template.indexOf(')', open);
      if (close < 0) {
        break;
      }
      String expression = template.substring(open + OPEN.length(), close).strip();
      filled.append(template, from, open).append(value(expression, context).orElseThrow(() ->
          new LlmException("the request has no value for $(" + expression + ")")));
      from = close + 1;
    }
    return filled.append(template.substring(from)).toString();
  }

  private static Optional<String> value(String expression, RequestContext context) {
    int dot = expression.indexOf('.');
    String name = expression.substring(dot + 1);
    Optional<String> found = switch (dot < 0 ? "" : expression.substring(0, dot)) {
      case "headers" -> context.request().headers().get(name.replace('_', '-'))
          .or(() -> context.request().headers().get(name));
      case "query_params" -> context.request().query().getOrDefault(name, List.of()).stream().findFirst();
      case "uri_captures" -> context.match().map(RouteMatch::captures).flatMap(groups -> capture(groups, name));
      default -> Optional.empty();
    };
    return found.filter(text -> !text.isEmpty());
  }

  private static Optional<String> capture(RouteMatch.Captures groups, String name) {
    if (!name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() < 4) {
      int number = Integer.parseInt(name);
      return number >= 1 && number <= groups.numbered().size()
          ? Optional.of(groups.numbered().get(number - 1))
          : Optional.empty();
    }
    return Optional.ofNullable(groups.named().get(name));
  }
}
