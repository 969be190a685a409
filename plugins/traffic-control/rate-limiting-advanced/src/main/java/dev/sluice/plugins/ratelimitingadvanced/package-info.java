/** Limits of requests in windows of any length, which slide. */
package dev.sluice.plugins.ratelimitingadvanced;
