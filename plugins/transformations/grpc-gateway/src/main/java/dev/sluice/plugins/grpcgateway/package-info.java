/** Services of gRPC, offered as JSON over HTTP. */
package dev.sluice.plugins.grpcgateway;
