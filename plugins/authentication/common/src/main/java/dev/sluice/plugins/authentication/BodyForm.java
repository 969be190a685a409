package dev.sluice.plugins.authentication;

import io.vertx.core.buffer.Buffer;
import java.util.Locale;

/** A body made of named fields. */
public interface BodyForm {

  /** A body in which nothing is found. */
  BodyForm NONE = new BodyForm() {
    @Override
    public Found find(String name) {
      return Found.NONE;
    }

    @Override
    public Buffer without(String name) {
      throw new IllegalStateException("there is nothing to take out");
    }
  };

  /** What stands under a name. */
  Found find(String name);

  /** The body without the fields of a name. */
  Buffer without(String name);

  /** Whether a body of this type may be read. */
  static boolean understands(String contentType) {
    return Type.of(contentType) != Type.OTHER;
  }

  /** Reads a body; what is not of the form that its type promises holds nothing. */
  static BodyForm read(String contentType, Buffer body) {
    return switch (Type.of(contentType)) {
      case URL_ENCODED -> new UrlEncodedForm(body);
      case JSON -> JsonForm.read(body);
      case MULTIPART -> PartsForm.read(contentType, body);
      case OTHER -> NONE;
    };
  }

  /** The types of bodies. */
  enum Type {
    URL_ENCODED,
    JSON,
    MULTIPART,
    OTHER;

    static Type of(String contentType) {
      String type = contentType.toLowerCase(Locale.ROOT);
      if (type.startsWith("application/x-www-form-urlencoded")) {
        return URL_ENCODED;
      } else if (type.startsWith("application/json")) {
        return JSON;
      }
      return type.startsWith("multipart/form-data") ? MULTIPART : OTHER;
    }
  }
}
