/** Logins and tokens of OpenID providers. */
package dev.sluice.plugins.openidconnect;
