package dev.sluice.plugins.requestvalidator;

import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rule for a parameter.
 *
 * @param place query, header or path
 * @param name of the parameter
 * @param required whether it must be there
 * @param form what it must be like
 */
record ParameterRule(String place, String name, boolean required, Optional<ParameterForm> form) {

  private static final String MISSING = "required parameter value not found in request";

  /** What is wrong with the parameter of a request. */
  Optional<String> violation(RequestContext context) {
    return found(context)
        .map(problem -> place + " '" + name + "' validation failed with error: '" + problem + "'");
  }

  private Optional<String> found(RequestContext context) {
    ClientRequest request = context.request();
    if (place.equals("query")) {
      return inQuery(request.query());
    }
    if (place.equals("header")) {
      List<String> lines = request.headers().getAll(name);
      return lines.size() > 1 ? form.flatMap(like -> like.inLines(lines)) : single(lines.stream().findFirst());
    }
    return single(
        context.match().map(match -> match.captures().named().get(name)).filter(text -> !text.isEmpty()));
  }

  private Optional<String> single(Optional<String> value) {
    return value.isEmpty() ? absent() : form.flatMap(like -> like.violation(name, value.get()));
  }

  private Optional<String> inQuery(Map<String, List<String>> query) {
    if (form.isEmpty()) {
      return query.containsKey(name) ? Optional.empty() : absent();
    }
    return form.get().inQuery(name, query).map(form.get()::judge).orElseGet(this::absent);
  }

  private Optional<String> absent() {
    return required ? Optional.of(MISSING) : Optional.empty();
  }
}
