/**
 * Schemas: what an entity or a plugin's configuration may hold, as data. From one description follow defaults, checks
 * with Kong's messages, the reading of forms, and the answers of {@code GET /schemas}.
 *
 * <pre>{@code
 * ConfigSchema.of(LimitConfig::decode)
 *     .field("minute", Fields.number().gt(0).describe("Requests per minute."))
 *     .field("policy", Fields.string().oneOf("local", "redis").defaultTo("local"))
 *     .field("redis", Fields.record()
 *         .field("host", Types.host())
 *         .field("port", Types.port().defaultTo(6379))
 *         .required())
 *     .check(Check.atLeastOneOf("config.minute", "config.hour"))
 *     .check(Check.conditional("config.policy", Match.eq("redis"), "config.redis.host", Match.required()))
 *     .build();
 * }</pre>
 *
 * <p>{@link dev.sluice.api.schema.Fields} makes fields, {@link dev.sluice.api.schema.Types} those that recur, {@link
 * dev.sluice.api.schema.Check} checks over several fields. Everything here is immutable and safe from any thread.
 */
package dev.sluice.api.schema;
