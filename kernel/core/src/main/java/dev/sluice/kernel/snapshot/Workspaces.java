package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.entity.Workspace;
import dev.sluice.api.store.StoredEntity;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The workspaces of a configuration. The one called {@code default} is there even when no store has it: it is written
 * down only when somebody changes it.
 */
public final class Workspaces {

  /** The id of the workspace {@code default}. */
  public static final String DEFAULT_ID = StoredEntity.DEFAULT_WORKSPACE;

  /** The name of that workspace, which it keeps. */
  public static final String DEFAULT_NAME = "default";

  private static final long BORN = System.currentTimeMillis() / 1000;

  private Workspaces() {}

  /** Where entities of a type are kept that are written through a workspace. */
  public static String of(EntityType<?> type, String workspace) {
    return type.workspaced() ? workspace : StoredEntity.GLOBAL;
  }

  /** All of them by ascending id. */
  public static List<Workspace> all(EntityTables tables) {
    List<Workspace> all = new ArrayList<>(tables.all(CoreEntities.WORKSPACES));
    if (all.stream().noneMatch(each -> each.id().equals(DEFAULT_ID))) {
      all.add(born());
    }
    all.sort(Comparator.comparing(Workspace::id));
    return all;
  }

  /** One of them by its name. */
  public static Optional<Workspace> named(EntityTables tables, String name) {
    Optional<Workspace> found = tables.byUnique(CoreEntities.WORKSPACES, "name", name);
    return found.isEmpty() && name.equals(DEFAULT_NAME) ? byId(tables, DEFAULT_ID) : found;
  }

  /** One of them by its id. */
  public static Optional<Workspace> byId(EntityTables tables, String id) {
    String lower = id.toLowerCase(Locale.ROOT);
    Optional<Workspace> found = tables.byId(CoreEntities.WORKSPACES, lower);
    return found.isEmpty() && lower.equals(DEFAULT_ID) ? Optional.of(born()) : found;
  }

  private static Workspace born() {
    return Workspace.decode(
        new JsonObject()
            .put("id", DEFAULT_ID)
            .put("name", DEFAULT_NAME)
            .putNull("comment")
            .put("created_at", BORN)
            .put("updated_at", BORN)
            .put("meta", new JsonObject().putNull("color").putNull("thumbnail"))
            .put("config", new JsonObject()));
  }
}
