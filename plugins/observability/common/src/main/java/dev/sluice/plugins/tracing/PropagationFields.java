package dev.sluice.plugins.tracing;

import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.RecordField;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** The setting {@code propagation}, and the older ones that it has replaced. */
public final class PropagationFields {

  /** The setting's name. */
  public static final String NAME = "propagation";

  /** The former name of what is told to the upstream. */
  public static final String HEADER_TYPE = "header_type";

  private static final String EXTRACT = "extract";
  private static final String CLEAR = "clear";
  private static final String INJECT = "inject";
  private static final String DEFAULT_FORMAT = "default_format";
  private static final String PRESERVE = "preserve";
  private static final String IGNORE = "ignore";

  private PropagationFields() {}

  /** The description of the setting. */
  public static RecordField field(String defaultFormat) {
    return Fields.record()
        .field(EXTRACT, Fields.array(Fields.string().oneOf("b3", "gcp", "jaeger", "aws", "ot", "w3c", "datadog"))
            .describe("The formats in which a trace may come in; the first one that is found counts."))
        .field(CLEAR, Fields.array(Fields.string())
            .describe("Headers that are taken away once the trace has been read."))
        .field(INJECT, Fields.array(Fields.string()
                .oneOf(PRESERVE, "b3", "gcp", "b3-single", "jaeger", "aws", "ot", "w3c", "datadog"))
            .describe("The formats in which the upstream gets the trace; 'preserve' stands for that of the request."))
        .field(DEFAULT_FORMAT, Fields.string()
            .required()
            .oneOf("b3", "gcp", "b3-single", "jaeger", "aws", "ot", "w3c", "datadog")
            .describe("What 'preserve' stands for when the request brings no trace along."))
        .defaultTo(new JsonObject().put(DEFAULT_FORMAT, defaultFormat))
        .required();
  }

  /**
   * Reads a valid configuration. The older settings hold while {@code propagation} names neither what comes in nor what
   * goes on.
   *
   * @param older the older setting of a default format, unless it is its default
   */
  public static Propagation of(JsonObject config, Optional<String> older) {
    JsonObject setting = config.getJsonObject(NAME);
    Format fallback = Format.of(setting.getString(DEFAULT_FORMAT)).orElseThrow();
    boolean told = setting.getJsonArray(EXTRACT) != null
        || setting.getJsonArray(INJECT) != null
        || setting.getJsonArray(CLEAR) != null;
    if (told) {
      return new Propagation(
          formats(setting, EXTRACT),
          texts(setting, CLEAR),
          formats(setting, INJECT),
          texts(setting, INJECT).contains(PRESERVE),
          fallback);
    }
    return byHeaderType(
        Optional.ofNullable(config.getString(HEADER_TYPE)).orElse(PRESERVE),
        older.flatMap(Format::of).orElse(fallback));
  }

  /** A format by name goes upstream beside the one that was found. */
  private static Propagation byHeaderType(String type, Format fallback) {
    List<Format> all =
        List.of(Format.B3, Format.W3C, Format.JAEGER, Format.OT, Format.DATADOG, Format.AWS, Format.GCP);
    Optional<Format> named = Format.of(type);
    return new Propagation(
        type.equals(IGNORE) ? List.of() : all,
        List.of(),
        named.map(List::of).orElse(List.of()),
        true,
        named.orElse(fallback));
  }

  private static List<Format> formats(JsonObject setting, String name) {
    return texts(setting, name).stream().flatMap(text -> Format.of(text).stream()).distinct().toList();
  }

  private static List<String> texts(JsonObject setting, String name) {
    JsonArray array = setting.getJsonArray(name);
    return array == null ? List.of() : array.stream().map(String::valueOf).distinct().toList();
  }
}
