package dev.sluice.plugins.requestvalidator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/**
 * Reads JSON, more strictly than most: what two readers take for different things is refused, or this filter would look at
 * one and the upstream at the other.
 */
final class JsonText {

  /** Deeper ones may exhaust a stack. */
  private static final int DEEPEST = 100;

  /** Nothing is kept for the next time: it would be kept with the thread, which outlives this jar. */
  static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonText() {}

  /** Reads a whole text; nothing is no JSON. */
  static JsonNode read(String text) throws JsonProcessingException {
    return some(MAPPER.readTree(text));
  }

  /** Reads a whole body. */
  static JsonNode read(byte[] bytes) throws IOException {
    return some(MAPPER.readTree(bytes));
  }

  private static JsonNode some(JsonNode node) {
    return node == null ? MissingNode.getInstance() : node;
  }
}
