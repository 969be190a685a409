package dev.sluice.plugins.requestvalidator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.i18n.MessageSource;
import com.networknt.schema.resource.InputStreamSource;
import com.networknt.schema.serialization.JsonNodeReader;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Schemas in the languages of JSON Schema. What they refer to is in themselves, or one of the schemas of these languages: nothing is
 * fetched. Patterns are matched in linear time.
 */
final class JsonSchemas {

  private static final String OWN = "classpath:";
  private static final String TYPE = "type";

  private static final MessageSource MESSAGES = new Messages();
  private static final SchemaValidatorsConfig CONFIG = config(true);

  /** Schemas themselves: a pattern that is none is told of when it is read. */
  private static final SchemaValidatorsConfig OF_SCHEMAS = config(false);

  private static final Map<VersionFlag, JsonSchemaFactory> FACTORIES = factories();

  private JsonSchemas() {}

  private static SchemaValidatorsConfig config(boolean formats) {
    return SchemaValidatorsConfig.builder()
        .failFast(true)
        .locale(Locale.ENGLISH)
        .messageSource(MESSAGES)
        .pathType(PathType.JSON_POINTER)
        .regularExpressionFactory(LinearPattern::of)
        .formatAssertionsEnabled(formats)
        .build();
  }

  private static Map<VersionFlag, JsonSchemaFactory> factories() {
    Map<VersionFlag, JsonSchemaFactory> factories = new EnumMap<>(VersionFlag.class);
    for (VersionFlag version : VersionFlag.values()) {
      factories.put(
          version,
          JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(version))
              .jsonNodeReader(JsonNodeReader.builder().jsonMapper(JsonText.MAPPER).build())
              .enableSchemaCache(false)
              .schemaLoaders(loaders -> loaders.add(iri -> own(iri.toString())))
              .build());
    }
    return factories;
  }

  /** Those of the languages themselves are in this jar, which the loader of the thread, that the library asks, does not know. */
  private static InputStreamSource own(String iri) {
    if (!iri.startsWith(OWN)) {
      throw new BadSchemaException("it refers to " + iri + ", and nothing is fetched");
    }
    String name = iri.substring(OWN.length());
    return () -> {
      InputStream in = JsonSchema.class.getResourceAsStream(name.startsWith("/") ? name : "/" + name);
      if (in == null) {
        throw new FileNotFoundException(iri);
      }
      return in;
    };
  }

  /**
   * Makes a schema ready.
   *
   * @throws BadSchemaException when it is none
   */
  static BodySchema compile(VersionFlag version, String text) {
    try {
      JsonNode node = JsonText.read(text);
      if (!node.isObject() && !node.isBoolean()) {
        throw new BadSchemaException("not a valid schema: it is no object");
      }
      JsonSchemaFactory factory = FACTORIES.get(version);
      Set<ValidationMessage> flaws =
          factory.getSchema(SchemaLocation.of(version.getId()), OF_SCHEMAS).validate(node);
      if (!flaws.isEmpty()) {
        throw new BadSchemaException("not a valid schema: " + told(flaws.iterator().next()));
      }
      JsonSchema schema = factory.getSchema(node, CONFIG);
      schema.initializeValidators();
      return body -> first(schema, body);
    } catch (JsonProcessingException e) {
      throw new BadSchemaException("failed decoding schema: " + e.getOriginalMessage());
    } catch (JsonSchemaException e) {
      throw new BadSchemaException("not a valid schema: " + e.getMessage());
    }
  }

  private static Optional<Object> first(JsonSchema schema, JsonNode body) {
    Set<ValidationMessage> violations = schema.validate(body);
    return violations.isEmpty() ? Optional.empty() : Optional.of(told(violations.iterator().next()));
  }

  private static String told(ValidationMessage message) {
    String place = message.getInstanceLocation().toString();
    return (place.isEmpty() ? "" : place + ": ") + message.getError();
  }

  /** The type that a schema names at its top: the first one, when it names several. */
  static Optional<String> type(String schema) {
    try {
      return type(JsonText.read(schema));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  static Optional<String> type(JsonNode schema) {
    JsonNode type = schema.path(TYPE);
    if (type.isTextual()) {
      return Optional.of(type.textValue());
    }
    Iterator<JsonNode> several = type.elements();
    return several.hasNext() ? Optional.of(several.next().asText()) : Optional.empty();
  }
}
