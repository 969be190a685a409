/** Entities: their types, and the records of the core's own. */
package dev.sluice.api.entity;
