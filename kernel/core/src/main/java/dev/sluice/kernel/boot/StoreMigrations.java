package dev.sluice.kernel.boot;

import dev.sluice.api.store.Migrations;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoreFactory;
import dev.sluice.kernel.host.PluginHost;
import dev.sluice.kernel.intake.PluginFolder;
import dev.sluice.kernel.intake.StagedJar;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Reaches the migrations of a node's store without starting the node: of the jars only the store's is loaded. */
public final class StoreMigrations implements AutoCloseable {

  private static final long PATIENCE_MINUTES = 15;

  private final Path work;
  private final Vertx vertx;
  private final PluginHost host;
  private final Optional<Migrations> migrations;

  /**
   * Loads the jar of the store.
   *
   * @throws ConfigException when no jar brings it
   */
  public StoreMigrations(NodeConfig config) {
    String database = config.string("database");
    try {
      work = Files.createTempDirectory("sluice-migrations");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setDisableTCCL(true));
    Node node = new Node(config, JsonObject::new);
    host = new PluginHost(work, id -> new ToolContext(id, vertx, node));
    try {
      Store store =
          factory(Kernel.pluginsFolder(config), database)
              .create(new ToolContext(Kernel.storeId(database), vertx, node));
      migrations = store.migrations();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private StoreFactory factory(Path folder, String database) {
    try {
      PluginFolder.Look look =
          new PluginFolder(folder, work).look(true).orElse(new PluginFolder.Look(Map.of(), Map.of()));
      // By custom the jar bears the name of the store.
      Collection<StagedJar> likely =
          look.jars().containsKey(database) ? List.of(look.jars().get(database)) : look.jars().values();
      for (StagedJar jar : likely) {
        for (StoreFactory store : host.load(jar.copy(), jar.form(), jar.id(), jar.file()).contributions().stores()) {
          if (store.name().equals(database)) {
            return store;
          }
        }
      }
      String refused = look.refused().isEmpty() ? "" : ": " + String.join("; ", look.refused().values());
      throw new ConfigException("no jar in " + folder + " brings the store '" + database + "'" + refused);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The migrations; empty when the store needs none. */
  public Optional<Migrations> migrations() {
    return migrations;
  }

  /** Waits for what migrations answer; their failure is thrown. */
  public static <T> T await(Future<T> answer) throws InterruptedException {
    try {
      return answer.toCompletionStage().toCompletableFuture().get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("no answer from the database after " + PATIENCE_MINUTES + " minutes", e);
    }
  }

  @Override
  public void close() {
    try {
      if (migrations != null && migrations.isPresent()) {
        await(migrations.get().close());
      }
      host.close();
      await(vertx.close());
      try (Stream<Path> files = Files.walk(work)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
