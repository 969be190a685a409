package dev.sluice.plugins.tracing;

import dev.sluice.api.request.MutableHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Headers of a test, by lower-case names. */
final class TestHeaders implements MutableHeaders {

  private final Map<String, List<String>> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** Headers given as {@code name: value}. */
  static TestHeaders of(String... lines) {
    TestHeaders headers = new TestHeaders();
    for (String line : lines) {
      int colon = line.indexOf(": ");
      headers.add(line.substring(0, colon), line.substring(colon + 2));
    }
    return headers;
  }

  /** All lines, sorted by name. */
  List<String> lines() {
    List<String> all = new ArrayList<>();
    lines.forEach((name, values) -> values.forEach(value -> all.add(name + ": " + value)));
    return all;
  }

  @Override
  public MutableHeaders set(CharSequence name, CharSequence value) {
    remove(name);
    return add(name, value);
  }

  @Override
  public MutableHeaders add(CharSequence name, CharSequence value) {
    lines.computeIfAbsent(name.toString(), key -> new ArrayList<>()).add(value.toString());
    return this;
  }

  @Override
  public MutableHeaders remove(CharSequence name) {
    lines.remove(name.toString());
    return this;
  }

  @Override
  public Optional<String> get(CharSequence name) {
    return getAll(name).stream().findFirst();
  }

  @Override
  public List<String> getAll(CharSequence name) {
    return lines.getOrDefault(name.toString(), List.of());
  }

  @Override
  public boolean contains(CharSequence name) {
    return lines.containsKey(name.toString());
  }

  @Override
  public void forEach(BiConsumer<String, String> visitor) {
    lines.forEach((name, values) -> values.forEach(value -> visitor.accept(name, value)));
  }
}
