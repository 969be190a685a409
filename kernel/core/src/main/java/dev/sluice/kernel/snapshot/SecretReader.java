package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.entity.VaultConfig;
import dev.sluice.api.schema.SchemaRun;
import dev.sluice.api.schema.VaultReference;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.vault.Vault;
import dev.sluice.api.vault.VaultFactory;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts secrets in the place of references, on the way of a document to the request path. What it finds goes nowhere
 * else: neither into a log nor back into a store.
 *
 * @param vaults the kinds of vaults, by name
 * @param run the schemas that say where references may stand
 * @param settings those of the node, where kinds of vaults have their own
 */
public record SecretReader(
    Map<String, VaultFactory<?>> vaults, SchemaRun run, Function<String, Optional<String>> settings) {

  private static final Logger log = LoggerFactory.getLogger(SecretReader.class);

  /** Knows no vault. */
  public static SecretReader none(Clock clock) {
    return new SecretReader(Map.of(), new SchemaRun(clock, Map.of(), ""), name -> Optional.empty());
  }

  /** Whether a document holds what looks like a reference. */
  static boolean refers(EntityType<?> type, JsonObject document) {
    return type.schema().mayRefer() && holds(document);
  }

  private static boolean holds(Object value) {
    if (value instanceof JsonObject object) {
      return object.getMap().values().stream().anyMatch(SecretReader::holds);
    } else if (value instanceof Map<?, ?> map) {
      return map.values().stream().anyMatch(SecretReader::holds);
    } else if (value instanceof JsonArray array) {
      return array.stream().anyMatch(SecretReader::holds);
    } else if (value instanceof Iterable<?> list) {
      for (Object element : list) {
        if (holds(element)) {
          return true;
        }
      }
    }
    return VaultReference.is(value);
  }

  /**
   * The document of an entity with its secrets; the configured vaults are those of its workspace.
   *
   * @param tables where they are
   */
  JsonObject reveal(EntityTables tables, EntityType<?> type, StoredEntity stored) {
    String workspace = type.workspaced() ? stored.workspace() : Workspaces.DEFAULT_ID;
    return type.schema().reveal(
        stored.document(),
        run,
        (path, reference) -> {
          Found found =
              find(reference, prefix -> tables.byUnique(workspace, CoreEntities.VAULTS, "prefix", prefix));
          found.problem().ifPresent(
              problem ->
                  log.warn(
                      "{} {}: {} is empty, since its reference {} leads nowhere: {}",
                      type.name(),
                      stored.id(),
                      path,
                      reference,
                      problem));
          return found.secret();
        });
  }

  /**
   * The outcome of a search.
   *
   * @param secret empty when there is none
   * @param problem why there is none
   */
  private record Found(String secret, Optional<String> problem) {
    static Found not(String problem) {
      return new Found("", Optional.of(problem));
    }

    @Override
    public String toString() {
      return "a secret";
    }
  }

  private Found find(String text, Function<String, Optional<VaultConfig>> configured) {
    Optional<VaultReference> parsed = VaultReference.parse(text);
    if (parsed.isEmpty()) {
      return Found.not("it names no vault, or no resource");
    }
    VaultReference reference = parsed.get();
    Optional<VaultConfig> entity = configured.apply(reference.vault());
    String name = entity.map(VaultConfig::name).orElse(reference.vault());
    VaultFactory<?> factory = vaults.get(name);
    if (factory == null) {
      return Found.not("there is no vault '" + name + "'");
    }
    try {
      JsonObject config = entity.map(found -> found.config().copy()).orElseGet(JsonObject::new);
      return vault(factory, config, reference)
          .find(reference.resource())
          .map(secret -> reference.key().map(key -> member(secret, key)).orElse(new Found(secret, Optional.empty())))
          .orElseGet(() -> Found.not("the vault does not have it"));
    } catch (RuntimeException e) {
      // The message may quote what is no matter for a log.
      return Found.not("the vault failed with " + e.getClass().getSimpleName());
    }
  }

  /** The vault, configured by its entity or else by settings such as {@code vault_env_prefix}, and by the options. */
  private <C> Vault vault(VaultFactory<C> factory, JsonObject config, VaultReference reference) {
    JsonObject fields = factory.schema().complete(new JsonObject());
    for (String field : fields.fieldNames()) {
      if (config.isEmpty()) {
        settings.apply("vault_" + factory.name() + "_" + field).ifPresent(value -> fields.put(field, value));
      }
      Optional.ofNullable(reference.options().get(field)).ifPresent(value -> config.put(field, value));
    }
    return factory.create(factory.schema().read(fields.mergeIn(config)));
  }

  private static Found member(String secret, String key) {
    try {
      Object value = new JsonObject(secret).getValue(key);
      return value instanceof String || value instanceof Number || value instanceof Boolean
          ? new Found(String.valueOf(value), Optional.empty())
          : Found.not("the resource has no such member");
    } catch (DecodeException e) {
      return Found.not("the resource is no JSON object");
    }
  }
}
