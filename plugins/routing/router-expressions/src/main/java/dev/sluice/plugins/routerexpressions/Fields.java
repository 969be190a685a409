package dev.sluice.plugins.routerexpressions;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The fields that expressions may ask for, by the protocols of their route. */
final class Fields {

  static final Fields HTTP = new Fields(http());
  static final Fields STREAM = new Fields(stream());

  private final Map<String, FieldType> types;

  private Fields(Map<String, FieldType> types) {
    this.types = types;
  }

  /** The fields for a route; its first protocol decides. */
  static Fields of(Collection<String> protocols) {
    return isStream(protocols) ? STREAM : HTTP;
  }

  /** Whether a route is for streams. */
  static boolean isStream(Collection<String> protocols) {
    return switch (protocols.iterator().next()) {
      case "tcp", "tls", "udp", "tls_passthrough" -> true;
      default -> false;
    };
  }

  /** The type of a field; empty when there is no such field. */
  Optional<FieldType> type(String field) {
    FieldType exact = types.get(field);
    if (exact != null) {
      return Optional.of(exact);
    }
    int dot = field.lastIndexOf('.');
    return dot < 0 ? Optional.empty() : Optional.ofNullable(types.get(field.substring(0, dot) + ".*"));
  }

  private static Map<String, FieldType> stream() {
    return Map.of(
        "net.protocol", FieldType.STRING,
        "tls.sni", FieldType.STRING,
        "net.src.port", FieldType.INT,
        "net.dst.port", FieldType.INT,
        "net.src.ip", FieldType.IP_ADDR,
        "net.dst.ip", FieldType.IP_ADDR);
  }

  private static Map<String, FieldType> http() {
    Map<String, FieldType> types = new LinkedHashMap<>(stream());
    types.put("http.method", FieldType.STRING);
    types.put("http.host", FieldType.STRING);
    types.put("http.path", FieldType.STRING);
    types.put("http.path.segments.*", FieldType.STRING);
    types.put("http.path.segments.len", FieldType.INT);
    types.put("http.headers.*", FieldType.STRING);
    types.put("http.queries.*", FieldType.STRING);
    return Map.copyOf(types);
  }
}
