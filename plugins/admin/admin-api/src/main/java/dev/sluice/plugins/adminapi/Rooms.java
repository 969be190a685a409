package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.store.StoredEntity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The endpoints by workspace: a path may begin with the name of one. Each has a table of endpoints of its own, which
 * sees its entities alone; the tables last used are kept. Safe for all threads.
 */
final class Rooms {

  private static final int KEPT = 64;

  private final EndpointTable main;
  private final Optional<Entities> entities;
  private final BiFunction<Entities, String, EndpointTable> tables;
  private final Map<String, Room> rooms =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Room> eldest) {
          return size() > KEPT;
        }
      };

  /** The endpoints of one workspace. */
  private record Room(String workspace, EndpointTable table) {}

  /**
   * What a path leads to.
   *
   * @param match the resource
   * @param workspace the id of the workspace
   */
  record Place(EndpointTable.Match match, String workspace) {}

  private Rooms(
      EndpointTable main, Optional<Entities> entities, BiFunction<Entities, String, EndpointTable> tables) {
    this.main = main;
    this.entities = entities;
    this.tables = tables;
  }

  /** A table that knows nothing of workspaces. */
  static Rooms single(EndpointTable table) {
    return new Rooms(table, Optional.empty(), (entities, prefix) -> table);
  }

  /**
   * A table for each workspace.
   *
   * @param entities of the default one
   * @param tables makes a table for the entities of a workspace and for what the paths of its answers begin with
   */
  static Rooms of(Entities entities, BiFunction<Entities, String, EndpointTable> tables) {
    return new Rooms(tables.apply(entities, ""), Optional.of(entities), tables);
  }

  /**
   * Finds the resource of a path.
   *
   * @throws ApiError when the path begins with a workspace that there is not, and would lead somewhere in it
   */
  Optional<Place> find(List<String> segments) {
    Optional<EndpointTable.Match> plain = main.find(segments);
    if (plain.isPresent() || segments.isEmpty() || entities.isEmpty()) {
      return plain.map(match -> new Place(match, StoredEntity.DEFAULT_WORKSPACE));
    }
    String name = segments.get(0);
    List<String> rest = segments.subList(1, segments.size());
    if (main.find(rest).isEmpty()) {
      return Optional.empty();
    }
    Optional<Entities> within = name.isEmpty() ? Optional.empty() : entities.get().in(name);
    if (within.isPresent()) {
      Room room = room(name, within.get());
      return room.table().find(rest).map(match -> new Place(match, room.workspace()));
    }
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    throw ApiError.of(404, "Workspace '" + name + "' not found");
  }

  private synchronized Room room(String name, Entities within) {
    Room known = rooms.get(name);
    if (known == null || !known.workspace().equals(within.workspace())) {
      known = new Room(within.workspace(), tables.apply(within, "/" + PercentText.encode(name)));
      rooms.put(name, known);
    }
    return known;
  }
}
