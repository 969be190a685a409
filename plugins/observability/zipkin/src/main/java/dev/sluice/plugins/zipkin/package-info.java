/** Requests as Zipkin sees them. */
package dev.sluice.plugins.zipkin;
