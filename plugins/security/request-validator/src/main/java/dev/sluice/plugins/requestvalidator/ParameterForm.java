package dev.sluice.plugins.requestvalidator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a parameter must be like, and how it is written, as OpenAPI has it. What does not read as the type that the schema
 * names stays a text, and is no good.
 */
final class ParameterForm {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** No more than numbers of a body may have. */
  private static final int LONGEST_NUMBER = 100;

  private final BodySchema schema;
  private final JsonNode described;
  private final String type;
  private final String style;
  private final boolean explode;

  private ParameterForm(BodySchema schema, JsonNode described, String style, boolean explode) {
    this.schema = schema;
    this.described = described;
    this.type = JsonSchemas.type(described).orElse("string");
    this.style = style;
    this.explode = explode;
  }

  static ParameterForm of(String schema, String style, boolean explode) {
    try {
      return new ParameterForm(Dialect.DRAFT4.compile(schema), JsonText.read(schema), style, explode);
    } catch (JsonProcessingException e) {
      throw new BadSchemaException("failed decoding schema: " + e.getOriginalMessage());
    }
  }

  /** What is wrong with a value. */
  Optional<String> judge(JsonNode value) {
    return schema.violation(value).map(String::valueOf);
  }

  /** What is wrong with a header that stands there in several lines. */
  Optional<String> inLines(List<String> lines) {
    // Where there is no list: which of them counts, others may see differently.
    return judge(array(type.equals("array") ? split(String.join(",", lines), ",") : lines));
  }

  /** What is wrong with a header or a part of a path. */
  Optional<String> violation(String name, String text) {
    String separator = ",";
    String rest = text;
    if (style.equals("label")) {
      if (!text.startsWith(".")) {
        return Optional.of("a value with the style label begins with a dot");
      }
      rest = text.substring(1);
      separator = explode ? "." : ",";
    } else if (style.equals("matrix")) {
      if (!text.startsWith(";")) {
        return Optional.of("a value with the style matrix begins with a semicolon");
      }
      return matrix(name, text.substring(1));
    }
    return judge(value(rest, separator, explode));
  }

  /** {@code name=value}, and with several values {@code name=a;name=b} or {@code name=a,b}. */
  private Optional<String> matrix(String name, String text) {
    List<String[]> members = pairs(Arrays.asList(text.split(";", -1)));
    if (type.equals("object") && explode) {
      return judge(object(members));
    }
    if (!members.stream().allMatch(member -> member[0].equals(name))) {
      return Optional.of("a value with the style matrix has the name of the parameter");
    }
    List<String> values = members.stream().map(member -> member[1]).toList();
    return judge(
        type.equals("array") && explode || values.size() > 1 ? array(values) : value(values.get(0), ",", false));
  }

  private JsonNode value(String text, String separator, boolean pairwise) {
    return switch (type) {
      case "array" -> array(split(text, separator));
      case "object" -> object(pairwise ? pairs(split(text, separator)) : alternating(split(text, separator)));
      default -> single(text, type);
    };
  }

  private static List<String> split(String text, String separator) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(Pattern.quote(separator), -1));
  }

  /** The value in a query; empty when it is not there. */
  Optional<JsonNode> inQuery(String name, Map<String, List<String>> query) {
    if (type.equals("object") && style.equals("deepObject")) {
      return deep(name, query);
    }
    if (type.equals("object") && style.equals("form") && explode) {
      return scattered(query);
    }
    List<String> values = query.getOrDefault(name, List.of());
    if (values.isEmpty()) {
      return Optional.empty();
    }
    if (type.equals("array") && explode) {
      return Optional.of(array(values));
    }
    if (values.size() > 1) {
      // Which of them counts, others may see differently.
      return Optional.of(array(values));
    }
    String separator =
        switch (style) {
          case "spaceDelimited" -> " ";
          case "pipeDelimited" -> "|";
          default -> ",";
        };
    return Optional.of(value(values.get(0), separator, false));
  }

  private Optional<JsonNode> deep(String name, Map<String, List<String>> query) {
    List<String[]> members = new ArrayList<>();
    query.forEach((key, values) -> {
      if (key.startsWith(name + "[") && key.endsWith("]")) {
        values.forEach(value -> members.add(new String[] {key.substring(name.length() + 1, key.length() - 1), value}));
      }
    });
    return members.isEmpty() ? Optional.empty() : Optional.of(object(members));
  }

  /** Each property is an argument of its own. */
  private Optional<JsonNode> scattered(Map<String, List<String>> query) {
    List<String[]> members = new ArrayList<>();
    Iterator<String> names = described.path("properties").fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      query.getOrDefault(name, List.of()).forEach(value -> members.add(new String[] {name, value}));
    }
    return members.isEmpty() ? Optional.empty() : Optional.of(object(members));
  }

  private static List<String[]> pairs(List<String> parts) {
    List<String[]> members = new ArrayList<>();
    for (String part : parts) {
      int equals = part.indexOf('=');
      members.add(
          equals < 0 ? new String[] {part, ""} : new String[] {part.substring(0, equals), part.substring(equals + 1)});
    }
    return members;
  }

  private static List<String[]> alternating(List<String> parts) {
    List<String[]> members = new ArrayList<>();
    for (int i = 0; i < parts.size(); i += 2) {
      members.add(new String[] {parts.get(i), i + 1 < parts.size() ? parts.get(i + 1) : ""});
    }
    return members;
  }

  private ArrayNode array(List<String> values) {
    JsonNode items = described.path("items");
    String inner = JsonSchemas.type(items).orElse("string");
    ArrayNode array = NODES.arrayNode();
    values.forEach(value -> array.add(single(value, inner)));
    return array;
  }

  private ObjectNode object(List<String[]> members) {
    ObjectNode object = NODES.objectNode();
    for (String[] member : members) {
      JsonNode property = described.path("properties").path(member[0]);
      JsonNode value = single(member[1], JsonSchemas.type(property).orElse("string"));
      // Twice the same: which of them counts, others may see differently.
      object.set(member[0], object.has(member[0]) ? NODES.arrayNode().add(object.get(member[0])).add(value) : value);
    }
    return object;
  }

  private static JsonNode single(String text, String type) {
    return switch (type) {
      case "boolean" -> text.equals("true") || text.equals("false")
          ? NODES.booleanNode(text.equals("true"))
          : NODES.textNode(text);
      case "integer", "number" -> number(text);
      case "null" -> text.isEmpty() ? NODES.nullNode() : NODES.textNode(text);
      default -> NODES.textNode(text);
    };
  }

  private static JsonNode number(String text) {
    if (text.length() > LONGEST_NUMBER || text.isEmpty() || "+-.0123456789".indexOf(text.charAt(0)) < 0) {
      return NODES.textNode(text);
    }
    try {
      BigDecimal number = new BigDecimal(text);
      // Written out, some numbers would fill the memory.
      if (Math.abs((long) number.scale()) > LONGEST_NUMBER) {
        return NODES.textNode(text);
      }
      return number.stripTrailingZeros().scale() <= 0
          ? NODES.numberNode(number.toBigIntegerExact())
          : NODES.numberNode(number);
    } catch (NumberFormatException e) {
      return NODES.textNode(text);
    }
  }
}
