/** Entries of requests as datagrams. */
package dev.sluice.plugins.udplog;
