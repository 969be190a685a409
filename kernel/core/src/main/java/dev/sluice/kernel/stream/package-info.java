/** Connections that are passed on as they are: TCP, and TLS that ends here or goes through. */
package dev.sluice.kernel.stream;
