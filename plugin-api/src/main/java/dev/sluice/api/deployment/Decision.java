package dev.sluice.api.deployment;

/**
 * What one strategy has said of a request.
 *
 * @param strategy its name in the configuration, such as {@code canary}
 * @param selection what it has said
 */
public record Decision(String strategy, Selection selection) {}
