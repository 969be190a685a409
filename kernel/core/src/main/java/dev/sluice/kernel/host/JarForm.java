package dev.sluice.kernel.host;

/**
 * What is to be known of a jar to load it, told by whoever has looked into it.
 *
 * @param extension the name of its one class with {@code @Extension}
 * @param insides whether it asks for the insides of Vert.x and for Netty
 */
public record JarForm(String extension, boolean insides) {}
