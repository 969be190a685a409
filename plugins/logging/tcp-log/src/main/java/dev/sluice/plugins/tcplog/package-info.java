/** Entries of requests over TCP. */
package dev.sluice.plugins.tcplog;
