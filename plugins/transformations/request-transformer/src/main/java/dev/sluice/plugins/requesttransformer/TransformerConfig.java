package dev.sluice.plugins.requesttransformer;

import dev.sluice.api.entity.Documents;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The configuration, its templates compiled.
 *
 * @param method in place of the client's
 * @param uri the path in place of that of route and service
 * @param headers what becomes of headers
 * @param query what becomes of arguments
 * @param body what becomes of the fields of the body
 */
record TransformerConfig(
    Optional<String> method, Optional<Template> uri, Edits headers, Edits query, Edits body) {

  /**
   * What becomes of named values, in this order.
   *
   * @param remove names
   * @param rename old names and new ones
   * @param replace values for names that are there
   * @param add values for names that are not there
   * @param append further values
   */
  record Edits(
      List<String> remove,
      List<Map.Entry<String, String>> rename,
      List<Pair> replace,
      List<Pair> add,
      List<Pair> append) {

    boolean isEmpty() {
      return remove.isEmpty() && rename.isEmpty() && replace.isEmpty() && add.isEmpty() && append.isEmpty();
    }

    boolean refersTo(String variable) {
      return Stream.of(replace, add, append).flatMap(List::stream).anyMatch(pair -> pair.value().refersTo(variable));
    }
  }

  /** A name and the value that it gets. */
  record Pair(String name, Template value) {}

  static TransformerConfig decode(JsonObject config) {
    return new TransformerConfig(
        Optional.ofNullable(config.getString("http_method")),
        Optional.ofNullable(config.getJsonObject("replace").getString("uri")).map(Template::compile),
        edits(config, "headers"),
        edits(config, "querystring"),
        edits(config, "body"));
  }

  private static Edits edits(JsonObject config, String where) {
    return new Edits(
        Documents.strings(config.getJsonObject("remove"), where),
        Documents.strings(config.getJsonObject("rename"), where).stream()
            .filter(pair -> !value(pair).isEmpty())
            .map(pair -> Map.entry(name(pair), value(pair)))
            .toList(),
        pairs(config, "replace", where),
        pairs(config, "add", where),
        pairs(config, "append", where));
  }

  private static List<Pair> pairs(JsonObject config, String what, String where) {
    return Documents.strings(config.getJsonObject(what), where).stream()
        .filter(pair -> !value(pair).isEmpty())
        .map(pair -> new Pair(name(pair), Template.compile(value(pair))))
        .toList();
  }

  /** What stands before the first colon. */
  static String name(String pair) {
    int colon = pair.indexOf(':');
    return colon < 0 ? pair : pair.substring(0, colon);
  }

  /** What stands behind the first colon, and those that follow it at once. */
  static String value(String pair) {
    int from = name(pair).length();
    while (from < pair.length() && pair.charAt(from) == ':') {
      from++;
    }
    return pair.substring(from);
  }

  /** Whether some template asks for a variable. */
  boolean refersTo(String variable) {
    return uri.filter(template -> template.refersTo(variable)).isPresent()
        || headers.refersTo(variable) || query.refersTo(variable) || body.refersTo(variable);
  }
}
