package dev.sluice.plugins.acme;

/**
 * A configuration, and where it applies.
 *
 * @param config the configuration
 * @param workspace whose certificates they are
 */
record Site(AcmeConfig config, String workspace) {}
