package dev.sluice.plugins.deployment;

import io.vertx.core.json.JsonObject;

/**
 * What is written down of one change.
 *
 * @param at where the strategy is attached
 * @param action such as {@code switch} or {@code rollback}
 * @param from what it was
 * @param to what it is
 * @param by {@code admin}, {@code config} for a write of the configuration, or the rule that decided
 * @param reason in words; may be empty
 * @param numbers what was known at that moment
 * @param done the part of the configuration that the change has written
 * @param undo the same part as it was before
 */
public record Entry(
    Attachment at,
    String action,
    String from,
    String to,
    String by,
    String reason,
    JsonObject numbers,
    JsonObject done,
    JsonObject undo) {}
