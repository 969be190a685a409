/** Shared by the jars that call functions: clients, and answers made of theirs. */
package dev.sluice.plugins.serverless;
