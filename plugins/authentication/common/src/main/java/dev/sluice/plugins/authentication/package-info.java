/** What all kinds of authentication do alike. */
package dev.sluice.plugins.authentication;
