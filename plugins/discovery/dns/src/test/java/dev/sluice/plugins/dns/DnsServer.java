package dev.sluice.plugins.dns;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name server over UDP and TCP on a port of its own, that knows what a test tells it. */
final class DnsServer implements AutoCloseable {

  static final int SERVER_FAILURE = 2;
  static final int NAME_ERROR = 3;

  private static final int A = 1;
  private static final int CNAME = 5;
  private static final int AAAA = 28;
  private static final int SRV = 33;

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Map<String, List<Entry>> names = new ConcurrentHashMap<>();
  private final Map<String, Integer> codes = new ConcurrentHashMap<>();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private volatile boolean truncating;
  private volatile boolean silent;

  private record Entry(int type, int ttl, Buffer data) {}

  private DnsServer(DatagramSocket udp, ServerSocket tcp) {
    this.udp = udp;
    this.tcp = tcp;
    run("dns-udp", this::serveDatagrams);
    run("dns-tcp", this::serveStreams);
  }

  /** Starts one; the port is one that is free for both protocols. */
  static DnsServer start() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    for (int attempt = 0; ; attempt++) {
      try {
        ServerSocket tcp = new ServerSocket(0, 50, loopback);
        try {
          return new DnsServer(new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort())), tcp);
        } catch (IOException e) {
          tcp.close();
          throw e;
        }
      } catch (IOException e) {
        if (attempt == 10) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static void run(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Its address, as the setting {@code dns_resolver} takes it. */
  String address() {
    return "127.0.0.1:" + udp.getLocalPort();
  }

  DnsServer a(String name, int ttl, String... ips) {
    return put(name, Arrays.stream(ips).map(ip -> new Entry(A, ttl, bytes(ip))).toList());
  }

  DnsServer aaaa(String name, int ttl, String... ips) {
    return put(name, Arrays.stream(ips).map(ip -> new Entry(AAAA, ttl, bytes(ip))).toList());
  }

  DnsServer cname(String name, int ttl, String other) {
    return put(name, List.of(new Entry(CNAME, ttl, labels(other))));
  }

  /** Records of services, each as {@code priority weight port name}. */
  DnsServer srv(String name, int ttl, String... services) {
    return put(name, Arrays.stream(services).map(service -> new Entry(SRV, ttl, service(service))).toList());
  }

  private DnsServer put(String name, List<Entry> entries) {
    codes.remove(name);
    names.put(name, entries);
    return this;
  }

  /** Has it answer every question for a name with a code. */
  DnsServer code(String name, int code) {
    codes.put(name, code);
    return this;
  }

  /** Has it say over UDP that answers are too long. */
  void truncate(boolean now) {
    truncating = now;
  }

  /** Has it answer nothing. */
  void silent(boolean now) {
    silent = now;
  }

  /** The questions for a name so far, as {@code A over udp}. */
  List<String> questions(String name) {
    String start = name + " ";
    return questions.stream().filter(each -> each.startsWith(start)).map(each -> each.substring(start.length())).toList();
  }

  private static Buffer bytes(String ip) {
    try {
      return Buffer.buffer(InetAddress.getByName(ip).getAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Buffer service(String text) {
    String[] parts = text.split(" ", -1);
    Buffer out = Buffer.buffer();
    for (int i = 0; i < 3; i++) {
      out.appendUnsignedShort(Integer.parseInt(parts[i]));
    }
    return out.appendBuffer(labels(parts[3]));
  }

  private static Buffer labels(String name) {
    Buffer out = Buffer.buffer();
    for (String label : name.split("\\.", -1)) {
      out.appendUnsignedByte((short) label.length()).appendString(label);
    }
    return out.appendByte((byte) 0);
  }

  private void serveDatagrams() {
    byte[] buffer = new byte[4096];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        byte[] answer = answer(Arrays.copyOf(buffer, packet.getLength()), "udp");
        if (!silent) {
          udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // Closed, or the asker is gone.
      }
    }
  }

  private void serveStreams() {
    while (!tcp.isClosed()) {
      try (Socket socket = tcp.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] question = in.readNBytes(in.readUnsignedShort());
        byte[] answer = answer(question, "tcp");
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeShort(answer.length);
        out.write(answer);
        out.flush();
      } catch (IOException e) {
        // Closed, or the asker is gone.
      }
    }
  }

  private byte[] answer(byte[] question, String over) throws IOException {
    StringBuilder name = new StringBuilder();
    int at = 12;
    while (question[at] != 0) {
      name.append(name.isEmpty() ? "" : ".").append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII));
      at += question[at] + 1;
    }
    int type = (question[at + 1] & 0xff) << 8 | question[at + 2] & 0xff;
    String asked = name.toString().toLowerCase(Locale.ROOT);
    questions.add(asked + " " + text(type) + " over " + over);
    boolean cut = truncating && over.equals("udp");
    List<Entry> entries = names.get(asked);
    int code = codes.getOrDefault(asked, entries == null ? NAME_ERROR : 0);
    List<Entry> found =
        cut || code != 0
            ? List.of()
            : entries.stream().filter(entry -> entry.type() == type || entry.type() == CNAME).toList();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(question, 0, 2);
    out.writeShort(0x8180 | (cut ? 0x0200 : 0) | code);
    out.writeShort(1);
    out.writeShort(found.size());
    out.writeInt(0);
    out.write(question, 12, at + 5 - 12);
    for (Entry entry : found) {
      out.writeShort(0xc00c);
      out.writeShort(entry.type());
      out.writeShort(1);
      out.writeInt(entry.ttl());
      out.writeShort(entry.data().length());
      out.write(entry.data().getBytes());
    }
    return bytes.toByteArray();
  }

  private static String text(int type) {
    return switch (type) {
      case A -> "A";
      case AAAA -> "AAAA";
      case SRV -> "SRV";
      default -> Integer.toString(type);
    };
  }

  @Override
  public void close() {
    try {
      udp.close();
      tcp.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
