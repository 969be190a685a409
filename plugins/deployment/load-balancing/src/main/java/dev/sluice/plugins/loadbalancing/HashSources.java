package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.routing.RouteMatch.Captures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The properties of a request that may be hashed. */
final class HashSources {

  /** A property that is text. */
  @FunctionalInterface
  interface Text {
    Optional<String> read(RequestContext request);
  }

  private HashSources() {}

  static Optional<String> consumer(RequestContext request) {
    return request.consumer().map(Consumer::id).or(() -> request.credential().map(Credential::id));
  }

  /** Header values hold bytes, one to a character. */
  static HashSource header(String name) {
    return request -> {
      List<String> values = request.request().headers().getAll(name);
      return values.isEmpty()
          ? Optional.empty()
          : Optional.of(String.join(", ", values).getBytes(StandardCharsets.ISO_8859_1));
    };
  }

  static Text queryArgument(String name) {
    return request -> {
      List<String> values = request.request().query().getOrDefault(name, List.of());
      if (values.size() == 1) {
        return Optional.of(values.get(0).isEmpty() ? emptyOrBare(request.request(), name) : values.get(0));
      }
      return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values.stream().sorted().toList()));
    };
  }

  /** An argument that does not even have an equals sign counts as the text {@code true}. */
  private static String emptyOrBare(ClientRequest request, String name) {
    String query = "&" + request.rawQuery() + "&";
    return query.contains("&" + name + "&") ? "true" : "";
  }

  static Text uriCapture(String name) {
    int number = name.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(name) : 0;
    return request -> request.match().flatMap(match -> {
      Captures captures = match.captures();
      if (number == 0) {
        return Optional.ofNullable(captures.named().get(name));
      }
      return number <= captures.numbered().size() ? Optional.of(captures.numbered().get(number - 1)) : Optional.empty();
    });
  }
}
