package dev.sluice.plugins.requestvalidator;

import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A language in which schemas are written. */
enum Dialect {
  /** That of Kong's own schemas. */
  KONG(Optional.empty()),
  /** JSON Schema, draft 4. */
  DRAFT4(Optional.of(VersionFlag.V4)),
  /** JSON Schema, draft 6. */
  DRAFT6(Optional.of(VersionFlag.V6)),
  /** JSON Schema, draft 7. */
  DRAFT7(Optional.of(VersionFlag.V7)),
  /** JSON Schema 2019-09. */
  DRAFT201909(Optional.of(VersionFlag.V201909)),
  /** JSON Schema 2020-12. */
  DRAFT202012(Optional.of(VersionFlag.V202012));

  private final Optional<VersionFlag> draft;

  Dialect(Optional<VersionFlag> draft) {
    this.draft = draft;
  }

  static String[] names() {
    return Arrays.stream(values()).map(each -> each.name().toLowerCase(Locale.ROOT)).toArray(String[]::new);
  }

  static Dialect of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** What is wrong with a schema. */
  Optional<String> flaw(String schema) {
    try {
      compile(schema);
      return Optional.empty();
    } catch (BadSchemaException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * Makes a schema ready.
   *
   * @throws BadSchemaException when it is none
   */
  BodySchema compile(String schema) {
    return draft.<BodySchema>map(version -> JsonSchemas.compile(version, schema))
        .orElseGet(() -> KongSchema.compile(schema));
  }
}
