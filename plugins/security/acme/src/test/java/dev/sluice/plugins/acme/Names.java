package dev.sluice.plugins.acme;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A DNS server, by TCP, that finds every name on this machine, but those that begin with {@code lost}. */
final class Names implements AutoCloseable {

  private static final int HEADER = 12;
  private static final byte[] ADDRESS = {
    (byte) 0xc0, HEADER, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 127, 0, 0, 1
  };

  private final ServerSocket socket;

  Names() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::serve, "names");
    thread.setDaemon(true);
    thread.start();
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        client.setSoTimeout(5000);
        DataInputStream in = new DataInputStream(client.getInputStream());
        byte[] question = new byte[in.readUnsignedShort()];
        in.readFully(question);
        byte[] answer = answer(question);
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        out.writeShort(answer.length);
        out.write(answer);
        out.flush();
      } catch (IOException e) {
        // It is closed, or the next question will do.
      }
    }
  }

  private static byte[] answer(byte[] question) {
    int end = HEADER;
    while (question[end] != 0) {
      end += question[end] + 1;
    }
    int type = question[end + 2];
    end += 5;
    boolean lost = new String(question, HEADER + 1, 4, StandardCharsets.US_ASCII).equals("lost");
    boolean found = type == 1 && !lost;
    ByteBuffer answer = ByteBuffer.allocate(end + (found ? ADDRESS.length : 0));
    answer.put(question, 0, 2).put((byte) 0x81).put((byte) (lost ? 0x83 : 0x80));
    answer.putShort((short) 1).putShort((short) (found ? 1 : 0)).putShort((short) 0).putShort((short) 0);
    answer.put(question, HEADER, end - HEADER);
    if (found) {
      answer.put(ADDRESS);
    }
    return answer.array();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
