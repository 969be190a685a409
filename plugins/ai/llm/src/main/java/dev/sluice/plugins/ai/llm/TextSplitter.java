package dev.sluice.plugins.ai.llm;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes server-sent events apart, and lines of which each is an object. */
final class TextSplitter implements EventSplitter {

  private static final String DATA = "data:";
  private static final String EVENT = "event:";

  private final StringBuilder data = new StringBuilder();
  private Buffer pending = Buffer.buffer();
  private String type = "";

  @Override
  public List<StreamEvent> more(Buffer bytes) {
    List<StreamEvent> events = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < bytes.length(); i++) {
      if (bytes.getByte(i) == '\n') {
        line(pending.appendBuffer(bytes, from, i - from), events);
        pending = Buffer.buffer();
        from = i + 1;
      }
    }
    pending.appendBuffer(bytes, from, bytes.length() - from);
    if (pending.length() > LONGEST || data.length() > LONGEST) {
      throw new LlmException("the provider sends an event that is too long");
    }
    return events;
  }

  @Override
  public List<StreamEvent> end() {
    List<StreamEvent> events = new ArrayList<>();
    line(pending, events);
    flush(events);
    pending = Buffer.buffer();
    return events;
  }

  private void line(Buffer bytes, List<StreamEvent> events) {
    String line = bytes.toString(StandardCharsets.UTF_8).stripTrailing();
    if (line.isEmpty()) {
      flush(events);
    } else if (line.startsWith(DATA)) {
      data.append(data.length() == 0 ? "" : "\n").append(line.substring(DATA.length()).stripLeading());
    } else if (line.startsWith(EVENT)) {
      type = line.substring(EVENT.length()).strip();
    } else if (line.startsWith("{")) {
      events.add(new StreamEvent("", line));
    }
  }

  private void flush(List<StreamEvent> events) {
    if (data.length() > 0) {
      events.add(new StreamEvent(type, data.toString()));
    }
    data.setLength(0);
    type = "";
  }
}
