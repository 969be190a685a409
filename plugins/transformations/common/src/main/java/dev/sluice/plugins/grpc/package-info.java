/** What the jars that translate for gRPC share. */
package dev.sluice.plugins.grpc;
