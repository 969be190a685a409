/** What the router jars share: the path to send upstream, and regular expressions. Shaded into each of them. */
package dev.sluice.plugins.routing;
