/** Where secrets come from. */
package dev.sluice.api.vault;
