/** Schemas: what an entity or a plugin's configuration may hold, as data. */
package dev.sluice.api.schema;
