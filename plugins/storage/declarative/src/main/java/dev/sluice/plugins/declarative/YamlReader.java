package dev.sluice.plugins.declarative;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.StringReader;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML into JSON values and nothing else: no tag makes an object, a date stays a text, and aliases may not make
 * more of a document than there is room for.
 */
final class YamlReader {

  private static final int DEEPEST = 100;
  private static final int MOST_NODES = 5_000_000;
  private static final int MOST_CHARACTERS = 512 << 20;
  private static final Set<Tag> SCALARS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MERGE);
  private static final Set<String> TRUE = Set.of("true", "yes", "on");
  private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7]+");
  private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]+");

  private int nodes;

  private YamlReader() {}

  /** The text is no YAML that a document may consist of. */
  static final class BadYamlException extends Exception {
    private static final long serialVersionUID = 1L;

    BadYamlException(String message) {
      super(message);
    }
  }

  /** The value of the one document in a text; null when there is none. */
  static Object read(String text) throws BadYamlException {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(DEEPEST);
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    DumperOptions dumper = new DumperOptions();
    try {
      Node root =
          new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options, new NoDates())
              .compose(new StringReader(text));
      return root == null ? null : new YamlReader().value(root, 0);
    } catch (YAMLException e) {
      throw new BadYamlException(e.getMessage());
    }
  }

  /** A date is a text like any other. */
  private static final class NoDates extends Resolver {
    @Override
    public void addImplicitResolver(Tag tag, Pattern pattern, String first, int limit) {
      if (!tag.equals(Tag.TIMESTAMP)) {
        super.addImplicitResolver(tag, pattern, first, limit);
      }
    }
  }

  private Object value(Node node, int depth) throws BadYamlException {
    if (depth > DEEPEST) {
      throw new BadYamlException("it is nested more than " + DEEPEST + " levels deep");
    }
    if (++nodes > MOST_NODES) {
      throw new BadYamlException("it has more than " + MOST_NODES + " values");
    }
    if (node instanceof ScalarNode scalar && SCALARS.contains(node.getTag())) {
      return scalar(scalar);
    } else if (node instanceof SequenceNode sequence && node.getTag().equals(Tag.SEQ)) {
      JsonArray array = new JsonArray();
      for (Node item : sequence.getValue()) {
        array.add(value(item, depth + 1));
      }
      return array;
    } else if (node instanceof MappingNode mapping && node.getTag().equals(Tag.MAP)) {
      return object(mapping, depth);
    }
    throw new BadYamlException("the tag " + node.getTag() + " is not supported" + node.getStartMark());
  }

  private JsonObject object(MappingNode mapping, int depth) throws BadYamlException {
    JsonObject object = new JsonObject();
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode().getTag().equals(Tag.MERGE)) {
        merge(object, entry.getValueNode(), depth);
      }
    }
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw new BadYamlException("a key is no text" + entry.getKeyNode().getStartMark());
      }
      if (!key.getTag().equals(Tag.MERGE)) {
        object.put(key.getValue(), value(entry.getValueNode(), depth + 1));
      }
    }
    return object;
  }

  /** Fields of others are taken over where this one has none; of several, the first counts. */
  private void merge(JsonObject object, Node source, int depth) throws BadYamlException {
    if (source instanceof SequenceNode several) {
      for (Node each : several.getValue()) {
        merge(object, each, depth + 1);
      }
    } else if (value(source, depth + 1) instanceof JsonObject fields) {
      for (String name : fields.fieldNames()) {
        if (!object.containsKey(name)) {
          object.put(name, fields.getValue(name));
        }
      }
    } else {
      throw new BadYamlException("only a map can be merged" + source.getStartMark());
    }
  }

  private static Object scalar(ScalarNode node) {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return null;
    } else if (tag.equals(Tag.BOOL)) {
      return TRUE.contains(text.toLowerCase(java.util.Locale.ROOT));
    } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return number(text);
    }
    return text;
  }

  /** Numbers to the base 60 are texts here, as are the infinite ones: no field wants them. */
  private static Object number(String text) {
    String digits = text.replace("_", "");
    try {
      if (digits.startsWith("0x")) {
        return Long.parseLong(digits.substring(2), 16);
      } else if (digits.startsWith("0b")) {
        return Long.parseLong(digits.substring(2), 2);
      } else if (OCTAL.matcher(digits).matches()) {
        return Long.parseLong(digits, 8);
      } else if (DECIMAL.matcher(digits).matches() && digits.length() <= 18) {
        long whole = Long.parseLong(digits);
        return whole == (int) whole ? (Object) (int) whole : (Object) whole;
      }
      double value = Double.parseDouble(digits);
      return Double.isFinite(value) ? (Object) value : text;
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
