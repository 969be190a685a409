/** Keeping bots out. */
package dev.sluice.plugins.botdetection;
