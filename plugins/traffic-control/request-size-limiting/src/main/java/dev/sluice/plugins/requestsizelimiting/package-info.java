/** Limits of the size of requests. */
package dev.sluice.plugins.requestsizelimiting;
