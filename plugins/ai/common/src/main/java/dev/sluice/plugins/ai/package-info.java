/** Shared by the AI jars: JSON bodies, and the messages in them. */
package dev.sluice.plugins.ai;
