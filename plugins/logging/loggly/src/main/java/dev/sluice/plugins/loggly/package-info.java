/** Entries of requests at Loggly. */
package dev.sluice.plugins.loggly;
