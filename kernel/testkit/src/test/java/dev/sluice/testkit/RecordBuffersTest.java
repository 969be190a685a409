package dev.sluice.testkit;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A short answer over TLS does not take memory for a long one. */
class RecordBuffersTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
  private static final int REQUESTS = 400;

  /** Bytes. The JDK encrypts each record into room for one of 16 KB and its frame. */
  private static final long RECORD = 16_384;

  @Test
  void comeFromAPool() throws Exception {
    try (TestGateway gateway =
        TestGateway.with().setting("proxy_listen", "127.0.0.1:0, 127.0.0.1:0 ssl http2").start()) {
      gateway.route("/", gateway.backend(TestBackend.of(request -> request.response().end("short"))));
      try (Socket plain = new Socket(LOCAL, gateway.proxyPort());
          Socket encrypted =
              TrustsAll.context()
                  .getSocketFactory()
                  .createSocket(LOCAL, gateway.kernel().port("proxy_listen.1"))) {
        ask(plain);
        ask(encrypted);
        long more = allocated(encrypted) - allocated(plain);
        assertThat(more / REQUESTS).isBetween(1L, RECORD / 2);
      }
    }
  }

  /** What all event loops allocate for requests over a connection. */
  private static long allocated(Socket socket) throws IOException {
    long before = loops();
    ask(socket);
    return loops() - before;
  }

  private static long loops() {
    long all = 0;
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().contains("eventloop")) {
        all += Math.max(0, THREADS.getThreadAllocatedBytes(thread.getThreadId()));
      }
    }
    return all;
  }

  private static void ask(Socket socket) throws IOException {
    socket.setSoTimeout(10_000);
    byte[] request = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < REQUESTS; i++) {
      socket.getOutputStream().write(request);
      InputStream answer = socket.getInputStream();
      StringBuilder read = new StringBuilder();
      while (read.indexOf("\r\n\r\nshort") < 0) {
        int next = answer.read();
        assertThat(next).isNotNegative();
        read.append((char) next);
      }
    }
  }
}
