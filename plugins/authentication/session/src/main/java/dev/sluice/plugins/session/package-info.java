/** Sessions of browsers, begun by any kind of authentication. */
package dev.sluice.plugins.session;
