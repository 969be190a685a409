/** Figures of requests at a StatsD server. */
package dev.sluice.plugins.statsd;
