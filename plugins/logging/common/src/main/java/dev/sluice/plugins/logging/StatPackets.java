package dev.sluice.plugins.logging;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Puts lines of metrics together. */
public final class StatPackets {

  private StatPackets() {}

  /** The number of bytes of some lines. */
  public static int size(List<String> lines) {
    int size = 0;
    for (String line : lines) {
      size += line.length();
    }
    return size;
  }

  /**
   * The lines of several requests, in as few packets as they fit into.
   *
   * @param most how many bytes a packet may have; 0 for one line in each. A longer line has a packet of its own
   */
  public static List<String> of(List<List<String>> requests, int most) {
    List<String> packets = new ArrayList<>();
    StringBuilder packet = new StringBuilder();
    int length = 0;
    for (List<String> lines : requests) {
      for (String line : lines) {
        int bytes = line.getBytes(StandardCharsets.UTF_8).length;
        if (length > 0 && length + 1 + bytes > most) {
          packets.add(packet.toString());
          packet.setLength(0);
          length = 0;
        }
        if (length > 0) {
          packet.append('\n');
          length++;
        }
        packet.append(line);
        length += bytes;
      }
    }
    if (length > 0) {
      packets.add(packet.toString());
    }
    return packets;
  }
}
