/** Explaining where requests would go: the way of the real ones, up to where they would be sent. */
package dev.sluice.kernel.explain;
