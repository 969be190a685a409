/** Ids that follow a request through all systems it touches. */
package dev.sluice.plugins.correlationid;
