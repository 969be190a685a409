/** Requests and logs as OpenTelemetry sees them. */
package dev.sluice.plugins.opentelemetry;
