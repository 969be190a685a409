/** What the logging jars share: the entry of a request, and a queue that sends in batches. Shaded into each of them. */
package dev.sluice.plugins.logging;
