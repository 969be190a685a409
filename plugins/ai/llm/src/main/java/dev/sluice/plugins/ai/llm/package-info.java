/** Shared by the jars that ask language models: their settings, and what their providers' APIs look like. */
package dev.sluice.plugins.ai.llm;
