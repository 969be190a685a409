package dev.sluice.plugins.ai.llm;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** Takes the event streams of AWS apart: messages with a prelude, headers, a payload and two checksums. */
final class AwsSplitter implements EventSplitter {

  private static final int PRELUDE = 12;
  private static final int CHECKSUM = 4;
  private static final int TEXT = 7;

  private Buffer pending = Buffer.buffer();

  @Override
  public List<StreamEvent> more(Buffer bytes) {
    pending.appendBuffer(bytes);
    List<StreamEvent> events = new ArrayList<>();
    int from = 0;
    while (pending.length() - from >= PRELUDE) {
      long length = pending.getUnsignedInt(from);
      if (length < PRELUDE + CHECKSUM || length > LONGEST || checksum(from, 8) != pending.getUnsignedInt(from + 8)) {
        throw new LlmException("the provider does not send an event stream of AWS");
      }
      if (pending.length() - from < length) {
        break;
      }
      events.add(message(from, (int) length));
      from += (int) length;
    }
    pending = pending.getBuffer(from, pending.length());
    return events;
  }

  @Override
  public List<StreamEvent> end() {
    return List.of();
  }

  private long checksum(int from, int length) {
    CRC32 sum = new CRC32();
    sum.update(pending.getBytes(from, from + length));
    return sum.getValue();
  }

  private StreamEvent message(int from, int length) {
    int end = from + length - CHECKSUM;
    if (checksum(from, length - CHECKSUM) != pending.getUnsignedInt(end)) {
      throw new LlmException("a message of the provider's event stream is damaged");
    }
    long headers = pending.getUnsignedInt(from + 4);
    int payload = (int) Math.min(from + PRELUDE + headers, end);
    Map<String, String> named = headers(from + PRELUDE, payload);
    String type = named.getOrDefault(":event-type", named.getOrDefault(":exception-type", ""));
    return new StreamEvent(type, pending.getString(payload, end, "UTF-8"));
  }

  /** Headers of other types than texts, which these services do not send, end the list. */
  private Map<String, String> headers(int from, int to) {
    Map<String, String> named = new HashMap<>();
    int at = from;
    while (at < to) {
      int name = pending.getUnsignedByte(at);
      int value = at + 1 + name + 3;
      if (value > to || pending.getUnsignedByte(at + 1 + name) != TEXT) {
        break;
      }
      int end = value + pending.getUnsignedShort(value - 2);
      if (end > to) {
        break;
      }
      named.put(pending.getString(at + 1, at + 1 + name, "UTF-8"), pending.getString(value, end, "UTF-8"));
      at = end;
    }
    return named;
  }
}
