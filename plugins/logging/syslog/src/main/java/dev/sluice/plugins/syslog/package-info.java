/** Entries of requests in the machine's log. */
package dev.sluice.plugins.syslog;
