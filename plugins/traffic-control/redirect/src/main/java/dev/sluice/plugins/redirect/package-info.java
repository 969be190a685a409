/** Redirects. */
package dev.sluice.plugins.redirect;
