/** Entries of requests in a file. */
package dev.sluice.plugins.filelog;
