package dev.sluice.api.entity;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Match;
import dev.sluice.api.schema.NumberField;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Shorthand;
import dev.sluice.api.schema.Types;
import dev.sluice.api.schema.UrlParts;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The fields and checks of services. */
final class ServiceSchema {

  private static final String PROTOCOL = "protocol";
  private static final String HTTP = "http";
  private static final String HTTPS = "https";
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("created_at", Types.autoTimestamp())
      .field("updated_at", Types.autoTimestamp())
      .field("name", Types.name())
      .field("retries", Fields.integer().between(0, 32_767).defaultTo(5).describe("Further attempts after the first."))
      .field(PROTOCOL, Types.protocol().required().defaultTo(HTTP))
      .field("host", Types.host().required())
      .field("port", Types.port().required().defaultTo(HTTP_PORT))
      .field("path", Types.path())
      .field("connect_timeout", timeout())
      .field("write_timeout", timeout())
      .field("read_timeout", timeout())
      .field("tags", Types.tags())
      .field("client_certificate", Fields.foreign("certificates").describe("Shown to the upstream."))
      .field("tls_verify", Fields.bool().describe("Whether the upstream's certificate is verified."))
      .field("tls_verify_depth",
          Fields.integer().between(0, 64).defaultToNull().describe("The longest chain that is accepted."))
      .field("ca_certificates",
          Fields.array(Types.uuid().required()).describe("The authorities that the upstream's certificate may have."))
      .field("enabled", Fields.bool().required().defaultTo(true).describe("Whether its routes serve."))
      .shorthand(Shorthand.expanding("url", Fields.string(), ServiceSchema::expandUrl))
      .check(Check.conditional(
          PROTOCOL, Match.oneOf("tcp", "tls", "udp", "grpc", "grpcs"), "path", Match.eqNull()))
      .check(onlyWithTls("client_certificate"))
      .check(onlyWithTls("tls_verify"))
      .check(onlyWithTls("tls_verify_depth"))
      .check(onlyWithTls("ca_certificates"))
      .build();

  private ServiceSchema() {}

  private static NumberField timeout() {
    return Fields.integer().between(1, 2_147_483_646).defaultTo(60_000);
  }

  private static Check onlyWithTls(String field) {
    return Check.conditional(PROTOCOL, Match.notOneOf(HTTPS, "tls"), field, Match.eqNull());
  }

  /** All four fields come from the URL; what it lacks is null, or the default of the scheme. */
  private static JsonObject expandUrl(Optional<Object> url) {
    // A null ends up as a text of this form in Kong, with violations that clients know.
    UrlParts parts = UrlParts.parse(url.map(String::valueOf).orElse("userdata: NULL"));
    Object port = parts.port().map(ServiceSchema::portNumber)
        .orElseGet(() -> parts.scheme().filter(HTTPS::equals).isPresent() ? HTTPS_PORT : HTTP_PORT);
    String implied = Integer.valueOf(HTTPS_PORT).equals(port) ? HTTPS : HTTP;
    return new JsonObject()
        .put(PROTOCOL, parts.scheme().orElse(implied))
        .put("host", parts.host().orElse(null))
        .put("port", port)
        .put("path", parts.path().orElse(null));
  }

  private static Object portNumber(String digits) {
    // What is no number stays, and fails validation.
    return digits.matches("\\d{1,9}") ? Integer.valueOf(digits) : digits;
  }
}
