package dev.sluice.kernel.pipeline;

import dev.sluice.api.filter.Phase;
import dev.sluice.api.request.MutableHeaders;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** What filters want of the headers of an answer that is not there yet; done to its head in the order it was wanted. */
final class EarlyHeaders implements MutableHeaders {

  private final GuardedHeaders wanted;
  private final List<Step> steps = new ArrayList<>();

  private record Step(Kind kind, String name, String value) {}

  private enum Kind {
    SET,
    ADD,
    REMOVE
  }

  EarlyHeaders(Exchange exchange, String what, Set<Phase> allowed) {
    this.wanted = new GuardedHeaders(HeaderLines.unchecked(), exchange, what, allowed);
  }

  void applyTo(MultiMap lines) {
    for (Step step : steps) {
      switch (step.kind()) {
        case SET -> lines.set(step.name(), step.value());
        case ADD -> lines.add(step.name(), step.value());
        case REMOVE -> lines.remove(step.name());
      }
    }
  }

  @Override
  public MutableHeaders set(CharSequence name, CharSequence value) {
    wanted.set(name, value);
    steps.add(new Step(Kind.SET, name.toString(), value.toString()));
    return this;
  }

  @Override
  public MutableHeaders add(CharSequence name, CharSequence value) {
    wanted.add(name, value);
    steps.add(new Step(Kind.ADD, name.toString(), value.toString()));
    return this;
  }

  @Override
  public MutableHeaders remove(CharSequence name) {
    wanted.remove(name);
    steps.add(new Step(Kind.REMOVE, name.toString(), ""));
    return this;
  }

  @Override
  public Optional<String> get(CharSequence name) {
    return wanted.get(name);
  }

  @Override
  public List<String> getAll(CharSequence name) {
    return wanted.getAll(name);
  }

  @Override
  public boolean contains(CharSequence name) {
    return wanted.contains(name);
  }

  @Override
  public void forEach(BiConsumer<String, String> visitor) {
    for (Map.Entry<String, String> line : wanted.map()) {
      visitor.accept(line.getKey(), line.getValue());
    }
  }
}
