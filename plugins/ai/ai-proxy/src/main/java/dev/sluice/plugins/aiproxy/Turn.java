package dev.sluice.plugins.aiproxy;

import dev.sluice.api.request.ContextKey;
import dev.sluice.plugins.ai.llm.Ask;
import dev.sluice.plugins.ai.llm.Call;
import dev.sluice.plugins.ai.llm.StreamReader;
import dev.sluice.plugins.ai.llm.Usage;
import java.util.Optional;

/** What becomes of one request; on its event loop. */
final class Turn {

  static final ContextKey<Turn> KEY = ContextKey.of("ai-proxy", Turn.class);

  private final Ask ask;
  private final Call call;
  private final boolean translates;
  private final long askedCharacters;
  private Optional<StreamReader> stream = Optional.empty();
  private Optional<Usage> usage = Optional.empty();
  private String answer = "";
  private String model;
  private long firstBitMillis = -1;
  private long endedNanos = -1;

  /**
   * A request that is about to go to the provider.
   *
   * @param translates whether its answer is to be translated
   * @param askedCharacters how long the question is
   */
  Turn(Ask ask, Call call, boolean translates, long askedCharacters) {
    this.ask = ask;
    this.call = call;
    this.translates = translates;
    this.askedCharacters = askedCharacters;
    this.model = ask.model().name().orElse("");
  }

  Ask ask() {
    return ask;
  }

  Call call() {
    return call;
  }

  boolean translates() {
    return translates;
  }

  Optional<StreamReader> stream() {
    return stream;
  }

  void stream(StreamReader reader) {
    stream = Optional.of(reader);
  }

  /** Notes when the first bit of an answer was there. */
  void bit(long millis) {
    firstBitMillis = firstBitMillis < 0 ? millis : firstBitMillis;
  }

  /** Notes when the last bit of an answer was there, since the request began. */
  void ended(long nanos) {
    endedNanos = nanos;
  }

  long endedNanos() {
    return endedNanos;
  }

  long firstBitMillis() {
    return firstBitMillis;
  }

  /** Notes what came at once. */
  void answered(String text, String by, Usage used) {
    answer = text;
    model = by;
    usage = Optional.of(used);
  }

  String model() {
    return stream.map(reader -> reader.chunks().model()).orElse(model);
  }

  Optional<Usage> usage() {
    return stream.isPresent() ? stream.map(reader -> reader.chunks().usage(askedCharacters)) : usage;
  }

  String answer() {
    return stream.map(reader -> reader.chunks().whole(askedCharacters).encode()).orElse(answer);
  }
}
