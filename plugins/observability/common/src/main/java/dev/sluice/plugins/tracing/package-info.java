/** Traces: their identifiers, the headers that carry them from one process to the next, and who decides on them. */
package dev.sluice.plugins.tracing;
