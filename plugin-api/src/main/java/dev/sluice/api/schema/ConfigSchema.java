package dev.sluice.api.schema;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the configuration of a filter may hold, where the filter may be attached, and how the configuration is decoded.
 * Immutable, and safe from any thread.
 *
 * @param <C> the type that it is decoded to
 */
public final class ConfigSchema<C> {

  private static final String CONFIG = "config";

  private final Variant variant;
  private final Function<JsonObject, C> decoder;

  private ConfigSchema(Variant variant, Function<JsonObject, C> decoder) {
    this.variant = variant;
    this.decoder = decoder;
  }

  /** Takes any object. */
  public static <C> ConfigSchema<C> any(Function<JsonObject, C> decoder) {
    Field config = Fields.openRecord().required().defaultTo(new JsonObject());
    return new ConfigSchema<>(new Variant(Map.of(CONFIG, config), List.of()), decoder);
  }

  /**
   * Begins a schema.
   *
   * @param decoder turns a valid, complete configuration into what the filter uses; must not keep the object
   */
  public static <C> Builder<C> of(Function<JsonObject, C> decoder) {
    return new Builder<>(decoder);
  }

  /** Decodes a valid, complete configuration. */
  public C decode(JsonObject config) {
    return decoder.apply(config);
  }

  /**
   * Completes, checks and decodes a configuration as a client gives it.
   *
   * @throws SchemaException when it is not valid
   */
  public C read(JsonObject config) {
    return decode(complete(config));
  }

  /**
   * Completes and checks a configuration as a client gives it.
   *
   * @throws SchemaException when it is not valid; its fields are below {@code config}
   */
  public JsonObject complete(JsonObject config) {
    FieldSet set = FieldSet.EMPTY.with(CONFIG, variant.fields().get(CONFIG));
    for (Check check : variant.checks()) {
      set = set.with(check);
    }
    Pass pass = Pass.of(Operation.INSERT, new SchemaRun(Clock.systemUTC(), Map.of(), ""));
    JsonObject completed = set.complete(new JsonObject().put(CONFIG, config), pass);
    Errors errors = set.validate(completed, pass);
    if (!errors.isEmpty()) {
      throw errors.toException();
    }
    return set.alias(completed, true).getJsonObject(CONFIG);
  }

  /** The description of {@code config}. */
  public Field config() {
    return variant.fields().get(CONFIG);
  }

  /** What a {@code plugins} entity of this filter has beside what all have. */
  public Variant variant() {
    return variant;
  }

  /** The schema in the form of {@code GET /schemas/plugins/{name}}. */
  public JsonObject render() {
    FieldSet set = FieldSet.EMPTY.with(variant);
    return new JsonObject()
        .put("fields", set.renderFields())
        .put("entity_checks", FieldSet.renderChecks(variant.checks()));
  }

  /**
   * Collects a schema. The order of the calls is the order in rendered schemas.
   *
   * @param <C> the type that it is decoded to
   */
  public static final class Builder<C> {

    private final Function<JsonObject, C> decoder;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final List<Check> checks = new ArrayList<>();
    private RecordField config = Fields.record().required();
    private boolean alone;

    private Builder(Function<JsonObject, C> decoder) {
      this.decoder = decoder;
    }

    /** The filter may not be attached to a consumer. */
    public Builder<C> withoutConsumer() {
      return without("consumer", "consumers");
    }

    /** The filter may not be attached to a service. */
    public Builder<C> withoutService() {
      return without("service", "services");
    }

    /** The filter may not be attached to a route. */
    public Builder<C> withoutRoute() {
      return without("route", "routes");
    }

    private Builder<C> without(String field, String type) {
      fields.put(field, Fields.foreign(type).eqNull().describe("Not available for this plugin: must be null."));
      return this;
    }

    /**
     * For which protocols the filter may run, and for which it does when nothing is said: {@link Types#protocols()} or
     * {@link Types#httpProtocols()}, perhaps with another default. The latter when this is not called.
     */
    public Builder<C> protocols(ListField protocols) {
      fields.put("protocols", protocols);
      return this;
    }

    /** The configuration is not that of a filter: it stands alone, and runs for no protocol. */
    public Builder<C> alone() {
      alone = true;
      return this;
    }

    /** Adds a field of the configuration. */
    public Builder<C> field(String name, Field field) {
      config = config.field(name, field);
      return this;
    }

    /** Adds a name that is only written to the configuration. */
    public Builder<C> shorthand(Shorthand shorthand) {
      config = config.shorthand(shorthand);
      return this;
    }

    /** Adds a check over several fields, named as in {@code config.redis.host}. */
    public Builder<C> check(Check check) {
      checks.add(check);
      return this;
    }

    /** Adds a check over several fields of the configuration, named without {@code config}. */
    public Builder<C> entityCheck(Check check) {
      config = config.entityCheck(check);
      return this;
    }

    /** Adds a check in code of the whole configuration; its message is that of {@code config} itself. */
    public Builder<C> configCheck(Validator<JsonObject> validator) {
      config = config.check(validator);
      return this;
    }

    /** The finished schema. */
    public ConfigSchema<C> build() {
      if (!alone) {
        fields.putIfAbsent("protocols", Types.httpProtocols());
      }
      fields.put(CONFIG, config);
      return new ConfigSchema<>(new Variant(fields, checks), decoder);
    }
  }
}
