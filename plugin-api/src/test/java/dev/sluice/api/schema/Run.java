package dev.sluice.api.schema;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Drives schemas the way the gateway does, at a fixed time. */
public final class Run {

  /** The time on the clock. */
  public static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_250L);

  private final SchemaRun run;

  private Run(String flavor, Map<String, ConfigSchema<?>> configs, Map<String, ConfigSchema<?>> vaults) {
    this.run = new SchemaRun(Clock.fixed(NOW, ZoneOffset.UTC), configs, flavor, vaults);
  }

  /** A node as it is by default. */
  public static Run plain() {
    return flavor("traditional_compatible");
  }

  /** A node with a router flavor. */
  public static Run flavor(String flavor) {
    return new Run(flavor, Map.of(), Map.of());
  }

  /** A node with filters. */
  public static Run with(Map<String, ConfigSchema<?>> configs) {
    return new Run("traditional_compatible", configs, Map.of());
  }

  /** A node with vaults. */
  public static Run withVaults(Map<String, ConfigSchema<?>> vaults) {
    return new Run("traditional_compatible", Map.of(), vaults);
  }

  /** JSON with single quotes. */
  public static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }

  /** A new entity; throws what an insert would be refused with. */
  public JsonObject insert(Schema schema, String body) {
    return insert(schema, json(body));
  }

  /** A new entity; throws what an insert would be refused with. */
  public JsonObject insert(Schema schema, JsonObject given) {
    JsonObject document = schema.complete(given, Operation.INSERT, run);
    schema.validate(document, given, Operation.INSERT, run);
    return schema.transform(document, given, Operation.INSERT, run);
  }

  /** A changed entity; throws what an update would be refused with. */
  public JsonObject patch(Schema schema, JsonObject stored, String body) {
    JsonObject given = json(body);
    JsonObject patch = schema.complete(given, Operation.UPDATE, run);
    JsonObject document = schema.merge(stored, patch, run);
    schema.validate(document, given, Operation.UPDATE, run);
    return schema.transform(document, given, Operation.UPDATE, run);
  }

  /** A form with its texts turned into types. */
  public JsonObject coerce(Schema schema, String form) {
    return schema.coerce(json(form), run);
  }

  /** What an insert is refused with. */
  public SchemaException refusal(Schema schema, String body) {
    return catchThrowableOfType(SchemaException.class, () -> insert(schema, body));
  }

  /** The message of the refusal; empty when there is none. */
  public Optional<String> message(Schema schema, String body) {
    return Optional.ofNullable(refusal(schema, body)).map(Throwable::getMessage);
  }

  /** What an update is refused with. */
  public SchemaException patchRefusal(Schema schema, JsonObject stored, String body) {
    return catchThrowableOfType(SchemaException.class, () -> patch(schema, stored, body));
  }

  /** What the schema of one field {@code x} says of a value: the problem, or {@code ok}. */
  public static Object verdict(Field field, Object value) {
    Schema schema = Schema.builder().field("x", field).build();
    SchemaException refusal = catchThrowableOfType(
        SchemaException.class, () -> plain().insert(schema, new JsonObject().put("x", value)));
    return refusal == null ? "ok" : refusal.fields().getValue("x");
  }
}
