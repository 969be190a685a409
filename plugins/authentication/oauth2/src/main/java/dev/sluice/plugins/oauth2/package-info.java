/** An authorization server, and authentication by its tokens. */
package dev.sluice.plugins.oauth2;
