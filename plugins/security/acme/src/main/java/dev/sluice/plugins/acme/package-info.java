/** Certificates from an ACME authority. */
package dev.sluice.plugins.acme;
