package dev.sluice.plugins.ai.llm;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Takes a stream of bytes apart. For one answer. */
public interface EventSplitter {

  /** No bit is longer than this, in bytes. */
  int LONGEST = 8 << 20;

  /**
   * The events that are whole with some more bytes.
   *
   * @throws LlmException when they never will be
   */
  List<StreamEvent> more(Buffer bytes);

  /** The event that the end of the stream makes whole. */
  List<StreamEvent> end();
}
