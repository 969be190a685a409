package dev.sluice.api.entity;

import dev.sluice.api.schema.BooleanField;
import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.ListField;
import dev.sluice.api.schema.Match;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.StringField;
import dev.sluice.api.schema.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields and checks of routes. They depend on the router flavor of the node and on the protocols of the route. */
final class RouteSchema {

  static final String TRADITIONAL = "traditional";
  static final String EXPRESSIONS = "expressions";

  /** What both the fields and the checks of expressions look at. */
  static final List<String> MATCHED =
      List.of("methods", "hosts", "paths", "headers", "snis", "sources", "destinations");

  private static final List<String> LOOKED_AT = List.of(
      "id", "protocols", "snis", "sources", "destinations", "methods", "hosts", "paths", "headers", "expression",
      "regex_priority", "priority");

  static final Schema SCHEMA = common(Types.wildcardSni())
      .check(Check.customWithMissing(LOOKED_AT, RouteHeaders::violation))
      .flavors(Map.of(TRADITIONAL, traditional(), EXPRESSIONS, expressions()))
      .build();

  private RouteSchema() {}

  private static Schema traditional() {
    return common(Types.sni()).build();
  }

  private static Schema expressions() {
    return common(Types.wildcardSni())
        .field("expression", Fields.string().describe("The condition of the route."))
        .field("priority", Fields.integer()
            .required()
            .between(0, (1L << 46) - 1)
            .defaultTo(0)
            .describe("Orders expressions."))
        .check(Check.customWithMissing(LOOKED_AT, RouteExpressions::violation))
        .variants("protocols", (route, run) -> RouteProtocols.variant(route, true), RouteSchema::unknown)
        .build();
  }

  private static Schema.Builder common(StringField sni) {
    return Schema.builder()
        .field("id", Types.id())
        .field("created_at", Types.autoTimestamp())
        .field("updated_at", Types.autoTimestamp())
        .field("name", Types.name())
        .field("protocols", Fields.set(Types.protocol().required())
            .lenMin(1)
            .required()
            .exclusiveSubsets(List.of(
                List.of("http", "https"),
                List.of("tcp", "tls", "udp"),
                List.of("tls_passthrough"),
                List.of("grpc", "grpcs")))
            .defaultTo("http", "https")
            .describe("The protocols of its requests."))
        .field("https_redirect_status_code", Fields.integer()
            .required()
            .oneOf(426, 301, 302, 307, 308)
            .defaultTo(426)
            .describe("The answer to plain HTTP on a route for HTTPS alone."))
        .field("strip_path", bool(true).describe("Whether the matched prefix is taken off."))
        .field("preserve_host", bool(false).describe("Whether the client's Host goes upstream."))
        .field("request_buffering", bool(true).describe("Whether a request body is collected before it goes on."))
        .field("response_buffering", bool(true).describe("Whether an answer may be collected."))
        .field("tags", Types.tags())
        .field("service", Fields.foreign("services").describe("Where its requests go."))
        .field("snis", Fields.set(sni.required()).describe("Server names that match."))
        .field("sources", addresses().describe("Addresses and ports of clients that match."))
        .field("destinations", addresses().describe("Addresses and ports of this node that match."))
        .field("methods", Fields.set(Types.httpMethod().required()).describe("Methods that match."))
        .field("hosts", Fields.array(Types.routeHost().required()).describe("Hosts that match."))
        .field("paths", Fields.array(Types.routerPath().required()).describe("Paths that match."))
        .field("headers", Fields.map(
            Types.headerName()
                .matchNone(
                    "^[Hh][Oo][Ss][Tt]$",
                    "cannot contain 'host' header, which must be specified in the 'hosts' attribute")
                .required(),
            Fields.array(Fields.string().required()).required()).describe("Headers that match."))
        .field("regex_priority", Fields.integer().defaultTo(0).describe("Orders regular expressions."))
        .field("path_handling", Fields.string()
            .oneOf("v0", "v1")
            .defaultTo("v0")
            .describe("How the paths of service, route and request are joined."))
        .check(Check.conditional(
            "protocols",
            Match.everyString(
                Match.notOneOf("grpcs", "https", "tls", "tls_passthrough").andRequired().lenMin(1)),
            "snis",
            Match.lenEq(0),
            "'snis' can only be set when 'protocols' is 'grpcs', 'https', 'tls' or 'tls_passthrough'"))
        .check(Check.custom(List.of("path_handling"), route -> Optional.empty()))
        .variants("protocols", (route, run) -> RouteProtocols.variant(route, false), RouteSchema::unknown);
  }

  private static BooleanField bool(boolean value) {
    return Fields.bool().required().defaultTo(value);
  }

  private static ListField addresses() {
    return Fields.set(Fields.record()
        .field("ip", Types.ipOrCidr())
        .field("port", Types.port())
        .entityCheck(Check.atLeastOneOf("ip", "port"))
        .required());
  }

  private static String unknown(String protocol) {
    return "unknown type: " + protocol;
  }
}
