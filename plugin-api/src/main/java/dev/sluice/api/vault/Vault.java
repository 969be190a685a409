package dev.sluice.api.vault;

import java.util.Optional;

/**
 * Holds secrets. Asked on the control thread when an entity that refers to a secret is decoded for the request path,
 * never by a request: it answers from memory and does not block.
 */
@FunctionalInterface
public interface Vault {

  /** The text of a resource; empty when there is none. */
  Optional<String> find(String resource);
}
