/** The store that several nodes share: PostgreSQL. */
package dev.sluice.plugins.postgres;
