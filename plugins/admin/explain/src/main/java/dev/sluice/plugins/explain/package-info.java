/** The endpoints that say where a request would go, and which clients a share would move. */
package dev.sluice.plugins.explain;
