package dev.sluice.plugins.declarative;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;

/** Writes JSON values as YAML, and numbers without an exponent. */
final class YamlWriter {

  private YamlWriter() {}

  static String write(JsonObject document) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    options.setDereferenceAliases(true);
    return new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(options), options)
        .dump(plain(document));
  }

  private static Object plain(Object value) {
    if (value instanceof JsonObject object) {
      Map<String, Object> map = new LinkedHashMap<>();
      object.fieldNames().forEach(name -> map.put(name, plain(object.getValue(name))));
      return map;
    }
    if (value instanceof JsonArray array) {
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < array.size(); i++) {
        list.add(plain(array.getValue(i)));
      }
      return list;
    }
    return value instanceof Double || value instanceof Float ? number(((Number) value).doubleValue()) : value;
  }

  private static BigDecimal number(double value) {
    BigDecimal decimal = BigDecimal.valueOf(value);
    return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
  }

  /** The same JSON with numbers that are written without an exponent. */
  static Object numbers(Object value) {
    if (value instanceof JsonObject object) {
      JsonObject copy = new JsonObject();
      object.fieldNames().forEach(name -> copy.put(name, numbers(object.getValue(name))));
      return copy;
    }
    if (value instanceof JsonArray array) {
      JsonArray copy = new JsonArray();
      for (int i = 0; i < array.size(); i++) {
        copy.add(numbers(array.getValue(i)));
      }
      return copy;
    }
    return value instanceof Double || value instanceof Float ? number(((Number) value).doubleValue()) : value;
  }
}
