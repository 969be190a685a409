/** A node without a database: its store, and declarative documents over the Admin API. */
package dev.sluice.plugins.declarative;
