package dev.sluice.api.entity;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Match;
import dev.sluice.api.schema.Variant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a route may and must have, by its protocols: the first one that is known decides. */
final class RouteProtocols {

  private static final String PROTOCOLS = "protocols";
  private static final Map<String, Variant> CLASSIC = variants(false);
  private static final Map<String, Variant> EXPRESSIONS = variants(true);

  private RouteProtocols() {}

  /**
   * The rules for a route.
   *
   * @param expressions whether an expression may stand for all that is matched
   */
  static Optional<Variant> variant(JsonObject route, boolean expressions) {
    Map<String, Variant> variants = expressions ? EXPRESSIONS : CLASSIC;
    Object protocols = route.getValue(PROTOCOLS);
    Stream<?> names = protocols instanceof JsonArray array ? array.stream() : Stream.ofNullable(protocols);
    return names.flatMap(name -> Stream.ofNullable(variants.get(String.valueOf(name)))).findFirst();
  }

  private static Map<String, Variant> variants(boolean expressions) {
    Map<String, Variant> all = new LinkedHashMap<>();
    Variant http = http(expressions);
    List.of("http", "https").forEach(name -> all.put(name, http));
    Variant stream = stream(expressions);
    List.of("tcp", "tls", "tls_passthrough", "udp").forEach(name -> all.put(name, stream));
    Variant grpc = grpc(expressions);
    List.of("grpc", "grpcs").forEach(name -> all.put(name, grpc));
    return Map.copyOf(all);
  }

  private static Variant http(boolean expressions) {
    Map<String, Field> fields = expressions
        ? Map.of()
        : forbidden("'http' or 'https'", "sources", "destinations");
    return new Variant(fields, List.of(Check
        .conditionalAtLeastOneOf(
            PROTOCOLS, Match.contains("https"), names(expressions, "methods", "hosts", "headers", "paths", "snis"))
        .err("must set one of %s when 'protocols' is 'https'")
        .orElse(Match.contains("http"), names(expressions, "methods", "hosts", "headers", "paths"))
        .err("must set one of %s when 'protocols' is 'http'")));
  }

  private static Variant stream(boolean expressions) {
    return new Variant(
        forbidden("'tcp', 'tls', 'tls_passthrough' or 'udp'", "methods", "hosts", "headers", "paths"),
        List.of(
            Check.conditionalAtLeastOneOf(
                    PROTOCOLS,
                    Match.everyElement(Match.oneOf("tcp", "tls", "udp")),
                    names(expressions, "sources", "destinations", "snis"))
                .err("must set one of %s when 'protocols' is 'tcp', 'tls' or 'udp'"),
            Check.conditionalAtLeastOneOf(
                    PROTOCOLS, Match.everyElement(Match.oneOf("tls_passthrough")), names(expressions, "snis"))
                .err("must set snis when 'protocols' is 'tls_passthrough'")));
  }

  private static Variant grpc(boolean expressions) {
    String family = "'grpc' or 'grpcs'";
    Map<String, Field> fields = new LinkedHashMap<>();
    fields.put("strip_path", Fields.bool().required().defaultTo(false).ne(true).err(cannotSet("strip_path", family)));
    fields.putAll(forbidden(family, "methods"));
    if (!expressions) {
      fields.putAll(forbidden(family, "sources", "destinations"));
    }
    return new Variant(fields, List.of(Check
        .conditionalAtLeastOneOf(
            PROTOCOLS, Match.contains("grpcs"), names(expressions, "hosts", "headers", "paths", "snis"))
        .err("must set one of %s when 'protocols' is 'grpcs'")
        .orElse(Match.contains("grpc"), names(expressions, "hosts", "headers", "paths"))
        .err("must set one of %s when 'protocols' is 'grpc'")));
  }

  private static Map<String, Field> forbidden(String family, String... names) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (String name : names) {
      fields.put(name, Fields.json().eqNull().err(cannotSet(name, family)));
    }
    return fields;
  }

  private static String cannotSet(String name, String family) {
    return "cannot set '" + name + "' when 'protocols' is " + family;
  }

  private static String[] names(boolean expressions, String... names) {
    return expressions
        ? Stream.concat(Arrays.stream(names), Stream.of("expression")).toArray(String[]::new)
        : names;
  }
}
