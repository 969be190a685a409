package dev.sluice.plugins.requestvalidator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

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
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .setNodeFactory(new FiniteNumbers());

  /** To one reader a number beyond all doubles is infinite, to another one it is an error, or a text. */
  private static final class FiniteNumbers extends JsonNodeFactory {

    private static final long serialVersionUID = 1L;

    @Override
    public NumericNode numberNode(double number) {
      if (!Double.isFinite(number)) {
        throw new ArithmeticException("a number is beyond all that can be read");
      }
      return super.numberNode(number);
    }
  }

  private JsonText() {}

  /** Reads a whole text; nothing is no JSON. */
  static JsonNode read(String text) throws JsonProcessingException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a whole body. */
  static JsonNode read(byte[] bytes) throws JsonProcessingException {
    try {
      JsonNode node = MAPPER.readTree(bytes);
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException | ArithmeticException e) {
      throw new JsonParseException(null, e.getMessage(), e);
    }
  }
}
