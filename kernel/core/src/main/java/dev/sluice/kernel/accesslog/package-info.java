/** One line for each request and each stream, written beside the event loops. */
package dev.sluice.kernel.accesslog;
