package dev.sluice.api.schema;

/** Finds the secrets that a document refers to. */
@FunctionalInterface
public interface Secrets {

  /**
   * The secret in the place of a reference; the empty text when there is none.
   *
   * @param path of the field, such as {@code config.redis.password}
   * @param reference as {@link VaultReference} describes it
   */
  String secret(String path, String reference);
}
