package dev.sluice.testkit;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A real gRPC server whose messages are plain text. */
final class GrpcServer implements AutoCloseable {

  static final MethodDescriptor<String, String> ECHO = method("Echo", MethodDescriptor.MethodType.UNARY);
  static final MethodDescriptor<String, String> COUNT = method("Count", MethodDescriptor.MethodType.SERVER_STREAMING);
  static final MethodDescriptor<String, String> JOIN = method("Join", MethodDescriptor.MethodType.CLIENT_STREAMING);
  static final MethodDescriptor<String, String> TALK = method("Talk", MethodDescriptor.MethodType.BIDI_STREAMING);
  static final MethodDescriptor<String, String> FLOOD = method("Flood", MethodDescriptor.MethodType.SERVER_STREAMING);
  static final MethodDescriptor<String, String> FAIL = method("Fail", MethodDescriptor.MethodType.UNARY);
  static final MethodDescriptor<String, String> HANG = method("Hang", MethodDescriptor.MethodType.UNARY);

  static final Metadata.Key<String> SENT = Metadata.Key.of("x-sent", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> BEFORE = Metadata.Key.of("x-before", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> AFTER = Metadata.Key.of("x-after", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> VIA = Metadata.Key.of("via", Metadata.ASCII_STRING_MARSHALLER);

  static final int FLOOD_MESSAGES = 4_000;
  static final String FLOOD_MESSAGE = "x".repeat(16 * 1024);

  private final Server server;
  final AtomicInteger flooded = new AtomicInteger();
  final AtomicInteger counted = new AtomicInteger();
  final AtomicInteger hanging = new AtomicInteger();
  final AtomicInteger cancelled = new AtomicInteger();

  GrpcServer(int port, Optional<TestCertificate> tls) {
    this(port, tls, Optional.empty());
  }

  /**
   * Starts one.
   *
   * @param clients who signs the certificates that clients must have; empty to ask for none
   */
  GrpcServer(int port, Optional<TestCertificate> tls, Optional<String> clients) {
    try {
      NettyServerBuilder builder =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).addService(service()).intercept(new Sent());
      if (tls.isPresent()) {
        SslContextBuilder context = SslContextBuilder.forServer(stream(tls.get().cert()), stream(tls.get().key()));
        clients.ifPresent(authority -> context.clientAuth(ClientAuth.REQUIRE).trustManager(stream(authority)));
        builder.sslContext(GrpcSslContexts.configure(context).build());
      }
      server = builder.build().start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  int port() {
    return server.getPort();
  }

  private static MethodDescriptor<String, String> method(String name, MethodDescriptor.MethodType type) {
    return MethodDescriptor.newBuilder(new Text(), new Text())
        .setType(type)
        .setFullMethodName("test.Service/" + name)
        .build();
  }

  private ServerServiceDefinition service() {
    return ServerServiceDefinition.builder("test.Service")
        .addMethod(ECHO, ServerCalls.asyncUnaryCall(GrpcServer::echo))
        .addMethod(COUNT, ServerCalls.asyncServerStreamingCall(this::count))
        .addMethod(JOIN, ServerCalls.asyncClientStreamingCall(Joining::new))
        .addMethod(TALK, ServerCalls.asyncBidiStreamingCall(Talking::new))
        .addMethod(FLOOD, ServerCalls.asyncServerStreamingCall(this::flood))
        .addMethod(FAIL, ServerCalls.asyncUnaryCall(GrpcServer::fail))
        .addMethod(HANG, ServerCalls.asyncUnaryCall(this::hang))
        .build();
  }

  private static void echo(String request, StreamObserver<String> answers) {
    answers.onNext(request);
    answers.onCompleted();
  }

  private void count(String request, StreamObserver<String> answers) {
    counted.incrementAndGet();
    for (int i = 0; i < Integer.parseInt(request); i++) {
      answers.onNext(Integer.toString(i));
    }
    answers.onCompleted();
  }

  private static void fail(String request, StreamObserver<String> answers) {
    answers.onError(Status.FAILED_PRECONDITION.withDescription(request).asRuntimeException());
  }

  private void hang(String request, StreamObserver<String> answers) {
    Context.current().addListener(context -> cancelled.incrementAndGet(), Runnable::run);
    hanging.incrementAndGet();
  }

  /** Sends as long as there is room, and counts what has gone. */
  private void flood(String request, StreamObserver<String> answers) {
    ServerCallStreamObserver<String> stream = (ServerCallStreamObserver<String>) answers;
    AtomicInteger sent = new AtomicInteger();
    stream.setOnReadyHandler(
        () -> {
          while (stream.isReady() && sent.get() < FLOOD_MESSAGES) {
            stream.onNext(FLOOD_MESSAGE);
            flooded.incrementAndGet();
            if (sent.incrementAndGet() == FLOOD_MESSAGES) {
              stream.onCompleted();
            }
          }
        });
  }

  private record Joining(StreamObserver<String> answers, StringBuilder joined) implements StreamObserver<String> {
    Joining(StreamObserver<String> answers) {
      this(answers, new StringBuilder());
    }

    @Override
    public void onNext(String message) {
      joined.append(message);
    }

    @Override
    public void onError(Throwable cause) {}

    @Override
    public void onCompleted() {
      answers.onNext(joined.toString());
      answers.onCompleted();
    }
  }

  private record Talking(StreamObserver<String> answers) implements StreamObserver<String> {
    @Override
    public void onNext(String message) {
      answers.onNext("re: " + message);
    }

    @Override
    public void onError(Throwable cause) {}

    @Override
    public void onCompleted() {
      answers.onCompleted();
    }
  }

  /** Answers what it was sent in the metadata, before and after. */
  private static final class Sent implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata head, ServerCallHandler<Q, A> next) {
      return next.startCall(
          new io.grpc.ForwardingServerCall.SimpleForwardingServerCall<>(call) {
            @Override
            public void sendHeaders(Metadata lines) {
              lines.put(BEFORE, head.get(SENT) + " via " + head.get(VIA));
              super.sendHeaders(lines);
            }

            @Override
            public void close(Status status, Metadata lines) {
              lines.put(AFTER, String.valueOf(head.get(SENT)));
              super.close(status, lines);
            }
          },
          head);
    }
  }

  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String text) {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream bytes) {
      try {
        return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Lets calls finish and takes no more; returns when all are done. */
  void finish() throws InterruptedException {
    server.shutdown().awaitTermination();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
