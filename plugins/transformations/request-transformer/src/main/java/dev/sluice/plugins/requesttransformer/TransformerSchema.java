package dev.sluice.plugins.requesttransformer;

import dev.sluice.api.request.HeaderText;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.RecordField;
import dev.sluice.api.schema.StringField;
import dev.sluice.api.schema.Types;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a configuration may hold. */
final class TransformerSchema {

  private static final Pattern HEADER = Pattern.compile("[0-9A-Za-z_-]+");
  private static final String PAIR = "^[^:]+:.*$";

  static final ConfigSchema<TransformerConfig> SCHEMA = ConfigSchema.of(TransformerConfig::decode)
      .protocols(Types.protocols())
      .field("http_method", Types.httpMethod())
      .field("remove", edits(Fields.string(), Fields.string().check(TransformerSchema::checkName)))
      .field("rename", edits(pair(), header(true)))
      .field("replace", edits(pair(), header(false))
          .field("uri", Fields.string()))
      .field("add", edits(pair(), header(false)))
      .field("append", edits(pair(), header(false)))
      .build();

  private TransformerSchema() {}

  private static RecordField edits(Field other, Field header) {
    return Fields.record()
        .required()
        .field("body", list(other))
        .field("headers", list(header))
        .field("querystring", list(other));
  }

  private static Field list(Field elements) {
    return Fields.array(elements).required().defaultTo();
  }

  private static StringField pair() {
    return Fields.string().check(TransformerSchema::checkPair);
  }

  private static StringField header(boolean twoNames) {
    return Fields.string().match(PAIR).check(pair -> {
      Optional<String> wrong = checkName(TransformerConfig.name(pair));
      if (wrong.isEmpty()) {
        wrong = twoNames ? checkName(TransformerConfig.value(pair)) : checkHeader(TransformerConfig.value(pair));
      }
      return wrong;
    });
  }

  private static Optional<String> checkName(String name) {
    return HEADER.matcher(name).matches() ? Optional.empty() : Optional.of("'" + name + "' is not a valid header");
  }

  private static Optional<String> checkHeader(String value) {
    return HeaderText.isValue(value) ? checkTemplate(value) : Optional.of("a header value holds a control character");
  }

  private static Optional<String> checkPair(String pair) {
    String value = TransformerConfig.value(pair);
    return value.isEmpty()
        ? Optional.of("key '" + TransformerConfig.name(pair) + "' has no value")
        : checkTemplate(value);
  }

  private static Optional<String> checkTemplate(String value) {
    try {
      Template.compile(value);
      return Optional.empty();
    } catch (IllegalArgumentException wrong) {
      return Optional.of("value '" + value + "' is not in supported format, error:" + wrong.getMessage());
    }
  }
}
