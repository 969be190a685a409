/** Entries of requests at an HTTP server. */
package dev.sluice.plugins.httplog;
