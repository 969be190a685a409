/** The embedded default store: one SQLite file. */
package dev.sluice.plugins.sqlite;
