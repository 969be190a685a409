package dev.sluice.plugins.env;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.vault.Vault;
import dev.sluice.api.vault.VaultFactory;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Makes vaults that read variables; their configuration is a prefix that all of their variables have. */
final class EnvVaultFactory implements VaultFactory<String> {

  private static final ConfigSchema<String> SCHEMA =
      ConfigSchema.of(config -> Optional.ofNullable(config.getString("prefix")).orElse(""))
          .alone()
          .field(
              "prefix",
              Fields.string().match("^[%a_-][%a%d_-]*$").describe("What the names of the variables begin with."))
          .build();

  private final Function<String, Optional<String>> environment;

  /**
   * Makes a factory.
   *
   * @param environment finds the value of a variable
   */
  EnvVaultFactory(Function<String, Optional<String>> environment) {
    this.environment = environment;
  }

  @Override
  public String name() {
    return "env";
  }

  @Override
  public ConfigSchema<String> schema() {
    return SCHEMA;
  }

  @Override
  public Vault create(String prefix) {
    return resource -> environment.apply((prefix + resource).toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
