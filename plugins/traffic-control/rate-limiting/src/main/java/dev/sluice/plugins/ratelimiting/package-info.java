/** Limits of requests. */
package dev.sluice.plugins.ratelimiting;
