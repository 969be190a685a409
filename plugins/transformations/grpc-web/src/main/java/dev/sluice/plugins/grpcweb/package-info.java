/** Browsers that call services of gRPC. */
package dev.sluice.plugins.grpcweb;
