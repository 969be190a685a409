package dev.sluice.plugins.mirror;

import java.util.List;

/**
 * In what two answers differ.
 *
 * @param differences those that were looked for, or some of them
 * @param more whether the search was given up before its end
 */
record Found(List<Difference> differences, boolean more) {}
