package dev.sluice.plugins.ai.llm;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Translates an answer that comes bit by bit. For one answer, on one event loop. */
public final class StreamReader {

  private final EventSplitter splitter;
  private final Driver.EventReader reader;
  private final Chunks chunks;
  private boolean broken;

  /**
   * Begins an answer.
   *
   * @param keepsText whether the whole text will be wanted
   * @param counts whether what was used will be wanted
   */
  public StreamReader(Driver driver, Ask ask, boolean keepsText, boolean counts) {
    this.splitter = driver.splitter();
    this.reader = driver.events(ask);
    this.chunks = new Chunks(ask, keepsText, counts);
  }

  /** Translates some more bytes; what is no stream of events ends the answer with an event that says so. */
  public Buffer more(Buffer bytes, boolean last) {
    if (broken) {
      return Buffer.buffer();
    }
    try {
      read(splitter.more(bytes));
      if (last) {
        read(splitter.end());
        chunks.done();
      }
    } catch (LlmException e) {
      broken = true;
      chunks.error(e.getMessage());
      chunks.done();
    }
    return chunks.take();
  }

  private void read(List<StreamEvent> events) {
    for (StreamEvent event : events) {
      reader.read(event, chunks);
    }
  }

  /** What is known of the answer. */
  public Chunks chunks() {
    return chunks;
  }
}
