package dev.sluice.kernel.pipeline;

/**
 * The listener that a request came through.
 *
 * @param port as clients see it
 * @param ssl whether TLS is terminated here
 * @param verifiesClients whether clients are asked for certificates
 */
public record ListenerInfo(int port, boolean ssl, boolean verifiesClients) {}
