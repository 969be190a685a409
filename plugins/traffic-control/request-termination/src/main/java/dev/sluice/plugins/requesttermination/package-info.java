/** Answers in the place of the upstream. */
package dev.sluice.plugins.requesttermination;
