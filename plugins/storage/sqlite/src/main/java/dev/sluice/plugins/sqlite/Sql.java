package dev.sluice.plugins.sqlite;

import java.util.ArrayList;
import java.util.List;

/** A statement that is put together, with its arguments in the order of their marks. */
final class Sql {

  private final StringBuilder text = new StringBuilder();
  private final List<Object> arguments = new ArrayList<>();

  Sql add(String part, Object... values) {
    text.append(part);
    arguments.addAll(List.of(values));
    return this;
  }

  Sql add(Sql part) {
    text.append(part.text);
    arguments.addAll(part.arguments);
    return this;
  }

  String text() {
    return text.toString();
  }

  Object[] arguments() {
    return arguments.toArray();
  }
}
