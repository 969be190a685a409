package dev.sluice.plugins.ai.llm;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/** What one provider's API looks like. Without state; safe for all threads. */
public interface Driver {

  /** Scheme, host and port of the provider. */
  String base(Model model);

  /** The path of what is asked. */
  String path(Ask ask);

  /** The arguments of what is asked, encoded. */
  default String query(Ask ask) {
    return "";
  }

  /** Headers that the provider wants beside those of all requests. */
  default Map<String, String> headers(Ask ask) {
    return Map.of();
  }

  /**
   * What is asked, in the provider's words.
   *
   * @throws LlmException when it cannot be said in them
   */
  JsonObject request(Ask ask);

  /**
   * A whole answer in OpenAI's words.
   *
   * @param answer an object or a list, as the provider has sent it
   * @throws LlmException when it is none
   */
  JsonObject answer(Object answer, Ask ask);

  /** Reads an answer that comes bit by bit; one of these for each. */
  EventReader events(Ask ask);

  /** The form in which bits come. */
  default EventSplitter splitter() {
    return new TextSplitter();
  }

  /** What a whole answer, or the last bit of one, says of its use; for those who do not translate it. */
  default Usage usage(JsonObject answer) {
    return Usage.of(Pick.object(answer, "usage"), "prompt_tokens", "completion_tokens");
  }

  /** Reads the bits of one answer. */
  @FunctionalInterface
  interface EventReader {
    /** Says in OpenAI's words what a bit says. */
    void read(StreamEvent event, Chunks out);
  }
}
