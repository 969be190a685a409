package dev.sluice.plugins.postgres;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** A statement that is put together: each {@code ?} becomes the number of its argument. */
final class Sql {

  private final StringBuilder text = new StringBuilder();
  private final List<Object> arguments = new ArrayList<>();

  Sql add(String part, Object... values) {
    int next = 0;
    for (int i = 0; i < part.length(); i++) {
      if (part.charAt(i) == '?') {
        arguments.add(values[next++]);
        text.append('$').append(arguments.size());
      } else {
        text.append(part.charAt(i));
      }
    }
    return this;
  }

  String text() {
    return text.toString();
  }

  Tuple arguments() {
    return Tuple.from(arguments);
  }
}
