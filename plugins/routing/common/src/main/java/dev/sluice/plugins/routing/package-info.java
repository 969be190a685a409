/** What the router jars share: the path to send upstream, regular expressions, ranks, tables. Shaded into each. */
package dev.sluice.plugins.routing;
