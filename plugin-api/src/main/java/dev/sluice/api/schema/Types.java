package dev.sluice.api.schema;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The fields that recur in entities and configurations, each with its own rules. */
public final class Types {

  /** All protocols, in the order of messages. */
  private static final String[] PROTOCOLS = {
    "grpc", "grpcs", "http", "https", "tcp", "tls", "tls_passthrough", "udp"
  };

  private static final int MAX_TIMEOUT = 2_147_483_646;
  private static final Pattern HEADER_NAME = Pattern.compile("[0-9A-Za-z_-]+");
  private static final Pattern UTF8_NAME = Pattern.compile("[0-9A-Za-z._~\\x80-\\x{10FFFF}-]+");
  private static final Pattern TAG = Pattern.compile("[\\x20-\\x7E\\x80-\\x{10FFFF}&&[^,/]]+");
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E&&[^()<>@,;:\\\\\"/?={}\\[\\]]]+");
  private static final String NOT_A_TOKEN = "contains one or more invalid characters. ASCII control characters"
      + " (0-31;127), space, tab and the characters ()<>@,;:\\\"/?={}[] are not allowed.";

  private Types() {}

  /** The id of an entity, made up when none is given. */
  public static StringField id() {
    return uuid().auto().describe("The UUID of the entity.");
  }

  /** A UUID. */
  public static StringField uuid() {
    return Fields.string().uuid();
  }

  /** A time in whole seconds, filled by the gateway. */
  public static NumberField autoTimestamp() {
    return Fields.integer().auto().timestamp().describe("Seconds since the epoch, set by the gateway.");
  }

  /** A time in seconds with milliseconds behind the point, filled by the gateway. */
  public static NumberField autoTimestampMillis() {
    return Fields.number().auto().timestamp().describe("Seconds since the epoch, set by the gateway.");
  }

  /** A unique name of letters, digits, {@code . - _ ~} and any character beyond ASCII. */
  public static StringField name() {
    return Fields.string().unique().check(Types::checkName).describe("A unique name.");
  }

  /** Labels of an entity. */
  public static ListField tags() {
    return Fields.set(tag().required()).describe("Labels for grouping and filtering.");
  }

  /** One label. */
  public static StringField tag() {
    return Fields.string().check(Types::checkTag).describe("A label.");
  }

  /** A host name or an address, without a port. */
  public static StringField host() {
    return Fields.string().check(Hosts::host).describe("A host name or an address.");
  }

  /** A host name or an address, perhaps with a port. */
  public static StringField hostWithOptionalPort() {
    return Fields.string().check(Hosts::withOptionalPort).describe("A host name or an address, perhaps with a port.");
  }

  /** A host that a route matches: one wildcard label is allowed at either end, and a port. */
  public static StringField routeHost() {
    return Fields.string()
        .matchAll("^[^*]*%*?[^*]*$", "invalid wildcard: must have at most one wildcard")
        .matchAny("invalid wildcard: must be placed at leftmost or rightmost label", "^%*%.", "%.%*$", "^[^*]*$")
        .check(Hosts::routeHost);
  }

  /** A server name of TLS. */
  public static StringField sni() {
    return Fields.string().check(Hosts::sni).describe("A server name.");
  }

  /** A server name of TLS, perhaps with one wildcard at either end. */
  public static StringField wildcardSni() {
    return Fields.string().check(Hosts::wildcardSni).describe("A server name, perhaps with a wildcard at either end.");
  }

  /** One or more certificates in PEM form. */
  public static StringField certificate() {
    return Fields.string().check(PemTexts::certificate).describe("A certificate in PEM form.");
  }

  /** A private key in PEM form. */
  public static StringField privateKey() {
    return Fields.string().check(PemTexts::privateKey).describe("A private key in PEM form.");
  }

  /** A TCP port. */
  public static NumberField port() {
    return Fields.integer().between(0, 65_535).describe("A port.");
  }

  /** An address. */
  public static StringField ip() {
    return Fields.string().check(Hosts::ip).describe("An IP address.");
  }

  /** A range of addresses. */
  public static StringField cidr() {
    return Fields.string().check(Hosts::cidr).describe("A range of IP addresses.");
  }

  /** An address or a range of them. */
  public static StringField ipOrCidr() {
    return Fields.string().check(Hosts::ipOrCidr).describe("An IP address, or a range in CIDR notation.");
  }

  /** A path of a URL. */
  public static StringField path() {
    return Fields.string()
        .startsWith("/")
        .matchNone("//", "must not have empty segments")
        .check(PathText::violation)
        .describe("A path that begins with a slash.");
  }

  /** A path of a route: a prefix, or a regular expression after {@code ~}. */
  public static StringField routerPath() {
    return Fields.string()
        .matchAny("should start with: / (fixed path) or ~/ (regex path)", "^/", "^~/")
        .matchNone("//", "must not have empty segments")
        .check(PathText::routerViolation)
        .describe("A prefix after a slash, or a regular expression after ~/.");
  }

  /** An absolute URL. */
  public static StringField url() {
    return Fields.string().check(Types::checkUrl).describe("An absolute URL.");
  }

  /** The name of a header. */
  public static StringField headerName() {
    return Fields.string().check(Types::checkHeaderName).describe("The name of a header.");
  }

  /** Headers, each with a list of values. */
  public static MapField headers() {
    return Fields.map(headerName(), Fields.array(Fields.string())).describe("Header names, each with its values.");
  }

  /** Whether a text has the form of a UUID, in either case. */
  public static boolean isUuid(String text) {
    return Rules.isUuid(text);
  }

  /** The name of a cookie. */
  public static StringField cookieName() {
    return Fields.string().check(text ->
        TOKEN.matcher(text).matches() ? Optional.empty() : Optional.of(NOT_A_TOKEN));
  }

  /** An HTTP method in upper case. */
  public static StringField httpMethod() {
    return Fields.string().match("^%u+$").describe("An HTTP method in upper case.");
  }

  /** A time in milliseconds, 0 allowed. */
  public static NumberField timeout() {
    return Fields.integer().between(0, MAX_TIMEOUT).describe("Milliseconds.");
  }

  /** One protocol. */
  public static StringField protocol() {
    return Fields.string().oneOf(PROTOCOLS).describe("A protocol.");
  }

  /** The protocols of a plugin that may run for any. */
  public static ListField protocols() {
    return Fields.set(protocol().required())
        .required()
        .defaultTo("grpc", "grpcs", "http", "https")
        .describe("The protocols for which the plugin runs.");
  }

  /** The protocols of a plugin that runs for HTTP and gRPC. */
  public static ListField httpProtocols() {
    return Fields.set(Fields.string().oneOf("grpc", "grpcs", "http", "https").required())
        .required()
        .defaultTo("grpc", "grpcs", "http", "https")
        .describe("The protocols for which the plugin runs.");
  }

  private static Optional<String> checkName(String text) {
    return checkUtf8(text).or(() -> UTF8_NAME.matcher(text).matches()
        ? Optional.empty()
        : Optional.of("invalid value '" + text
            + "': the only accepted ascii characters are alphanumerics or ., -, _, and ~"));
  }

  private static Optional<String> checkTag(String text) {
    return checkUtf8(text).or(() -> TAG.matcher(text).matches()
        ? Optional.empty()
        : Optional.of("invalid tag '" + text
            + "': expected printable ascii (except `,` and `/`) or valid utf-8 sequences"));
  }

  private static Optional<String> checkUtf8(String text) {
    OptionalInt position = Utf8Text.firstInvalid(text);
    return position.isPresent()
        ? Optional.of("invalid utf-8 character sequence detected at position " + position.getAsInt())
        : Optional.empty();
  }

  private static Optional<String> checkHeaderName(String text) {
    return HEADER_NAME.matcher(text).matches()
        ? Optional.empty()
        : Optional.of("bad header name '" + text + "', allowed characters are A-Z, a-z, 0-9, '_', and '-'");
  }

  private static Optional<String> checkUrl(String text) {
    UrlParts parts = UrlParts.parse(text);
    if (parts.host().isEmpty()) {
      return Optional.of("missing host in url");
    }
    return parts.scheme().isEmpty() ? Optional.of("missing scheme in url") : Optional.empty();
  }
}
