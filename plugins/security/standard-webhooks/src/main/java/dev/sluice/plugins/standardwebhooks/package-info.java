/** Signed webhooks. */
package dev.sluice.plugins.standardwebhooks;
