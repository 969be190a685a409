/** Keeping answers. */
package dev.sluice.plugins.proxycache;
