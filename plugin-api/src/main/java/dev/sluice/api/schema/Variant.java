package dev.sluice.api.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a schema has more when one of its fields has a certain value: the configuration of a plugin by its name, the
 * rules of a route by its protocols.
 *
 * @param fields in the place of the fields of the same names, in order
 * @param checks after the schema's own
 */
public record Variant(Map<String, Field> fields, List<Check> checks) {

  /** Copies. */
  public Variant {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    checks = List.copyOf(checks);
  }
}
