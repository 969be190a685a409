package dev.sluice.api;

import java.time.Instant;
import java.util.Optional;
import org.slf4j.event.Level;

/**
 * A line of the node's log.
 *
 * @param at when it was written
 * @param level how grave it is
 * @param logger who wrote it
 * @param thread the thread it was written on
 * @param message the text
 * @param thrown what was thrown; not to be kept, as it may hold on to another plugin's classes
 */
public record LogLine(
    Instant at, Level level, String logger, String thread, String message, Optional<Throwable> thrown) {}
