/** Explaining: where a request would go, and why, without sending it. */
package dev.sluice.api.explain;
