/**
 * Whether a canary is worse than the rest, told from counts alone. Nothing here waits, stores or acts: it is arithmetic
 * on what the rest of this jar counts.
 */
package dev.sluice.plugins.canary.gate;
