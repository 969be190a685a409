/** Canary releases: a share of the clients goes elsewhere, and each client keeps to its side. */
package dev.sluice.plugins.canary;
