/** Secrets in environment variables. */
package dev.sluice.plugins.env;
