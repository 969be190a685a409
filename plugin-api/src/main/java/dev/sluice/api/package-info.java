/**
 * The seam between the kernel and the plugins. A jar sees this module, {@code io.vertx.core} without its {@code impl}
 * packages, {@code io.netty.buffer}, SLF4J and the JDK; everything else it brings along.
 */
package dev.sluice.api;
