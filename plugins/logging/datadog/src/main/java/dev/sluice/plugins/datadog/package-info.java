/** Figures of requests at Datadog's agent. */
package dev.sluice.plugins.datadog;
