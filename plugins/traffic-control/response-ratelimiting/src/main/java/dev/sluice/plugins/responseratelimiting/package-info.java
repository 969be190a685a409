/** Limits by what answers cost. */
package dev.sluice.plugins.responseratelimiting;
