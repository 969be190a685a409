package dev.sluice.plugins.requestvalidator;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.i18n.MessageSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Supplier;

/** The library's messages, in English. It would read them as the JDK's resources, whose cache keeps this jar's classes. */
final class Messages implements MessageSource {

  private final Properties texts = new Properties();

  Messages() {
    try (InputStream in = JsonSchema.class.getResourceAsStream("/jsv-messages.properties")) {
      if (in != null) {
        texts.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String getMessage(String key, Supplier<String> otherwise, Locale locale, Object... arguments) {
    String text = texts.getProperty(key);
    return text == null ? otherwise.get() : new MessageFormat(text, Locale.ENGLISH).format(arguments);
  }
}
