package dev.sluice.api.request;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A message without headers. */
enum NoHeaders implements Headers {
  INSTANCE;

  @Override
  public Optional<String> get(CharSequence name) {
    return Optional.empty();
  }

  @Override
  public List<String> getAll(CharSequence name) {
    return List.of();
  }

  @Override
  public boolean contains(CharSequence name) {
    return false;
  }

  @Override
  public void forEach(BiConsumer<String, String> visitor) {}
}
