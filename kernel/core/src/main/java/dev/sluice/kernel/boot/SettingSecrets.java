package dev.sluice.kernel.boot;

import dev.sluice.api.schema.VaultReference;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Follows the references to secrets in settings. Settings are read before any jar is, so that here only the vault
 * {@code env} is known, the environment of the process.
 *
 * @param environment of the process
 * @param prefix of the names in it, which references leave out
 * @param enabled whether the setting {@code vaults} lets the vault in
 */
record SettingSecrets(Map<String, String> environment, String prefix, boolean enabled) {

  /**
   * The value of a setting.
   *
   * @throws ConfigException when it refers to what is not there; the message names the setting and the reference
   */
  String read(String setting, String text) {
    if (!VaultReference.is(text)) {
      return text;
    }
    Optional<VaultReference> reference = VaultReference.parse(text).filter(found -> found.vault().equals("env"));
    if (reference.isEmpty()) {
      throw failed(setting, text, "settings can only refer to {vault://env/name}");
    }
    if (!enabled) {
      throw failed(setting, text, "the setting vaults does not let the vault env in");
    }
    String start = reference.get().options().getOrDefault("prefix", prefix);
    String name = (start + reference.get().resource()).toUpperCase(Locale.ROOT).replace('-', '_');
    String secret = environment.get(name);
    if (secret == null) {
      throw failed(setting, text, "the environment has no " + name);
    }
    return reference.get().key().map(key -> member(setting, text, secret, key)).orElse(secret);
  }

  private static String member(String setting, String text, String secret, String key) {
    try {
      Object value = new JsonObject(secret).getValue(key);
      if (value instanceof String || value instanceof Number || value instanceof Boolean) {
        return String.valueOf(value);
      }
    } catch (DecodeException e) {
      // Told below, without the secret that the cause may quote.
    }
    throw failed(setting, text, "what is there is no JSON object with a text of that name");
  }

  private static ConfigException failed(String setting, String reference, String why) {
    return new ConfigException("failed to dereference '" + reference + "' for " + setting + ": " + why);
  }

  @Override
  public String toString() {
    return "secrets of settings";
  }
}
