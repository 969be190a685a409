/** Where entities are kept. */
package dev.sluice.api.store;
