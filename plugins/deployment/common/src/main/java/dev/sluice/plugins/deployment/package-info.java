/** What strategies of deployment have in common: where they are attached, and the ledger of what they do. */
package dev.sluice.plugins.deployment;
