/** Patterns for and against prompts. */
package dev.sluice.plugins.aipromptguard;
