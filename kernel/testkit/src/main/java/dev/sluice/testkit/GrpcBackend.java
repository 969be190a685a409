package dev.sluice.testkit;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * A real server of gRPC whose messages are bytes. A module that uses it depends on {@code grpc-netty-shaded} and
 * {@code grpc-stub}.
 */
public final class GrpcBackend implements AutoCloseable {

  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] message) {
          return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  private final Server server;

  /** A method that takes one message and answers with any number. */
  @FunctionalInterface
  public interface Method {
    /** Answers a call. */
    void call(byte[] request, StreamObserver<byte[]> answers);
  }

  private GrpcBackend(String service, Map<String, Method> methods) {
    ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service);
    methods.forEach(
        (name, method) ->
            definition.addMethod(
                MethodDescriptor.newBuilder(BYTES, BYTES)
                    .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
                    .setFullMethodName(service + "/" + name)
                    .build(),
                ServerCalls.asyncServerStreamingCall(method::call)));
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .addService(definition.build())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a server.
   *
   * @param service its full name
   * @param methods by their names
   */
  public static GrpcBackend of(String service, Map<String, Method> methods) {
    return new GrpcBackend(service, methods);
  }

  /** Its port. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
