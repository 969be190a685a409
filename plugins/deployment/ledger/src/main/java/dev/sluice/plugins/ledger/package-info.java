/** The ledger of switches: what strategies of deployment have done, and the way back. */
package dev.sluice.plugins.ledger;
