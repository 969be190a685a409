/** Figures of all requests, for Prometheus to fetch. */
package dev.sluice.plugins.prometheus;
