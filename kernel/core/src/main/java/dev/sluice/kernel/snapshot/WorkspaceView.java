package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.entity.EntityType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The entities that requests of one workspace may see.
 *
 * @param tables all entities
 * @param workspace the id of the workspace
 */
record WorkspaceView(EntityTables tables, String workspace) implements EntityReader {

  @Override
  public long version(EntityType<?> type) {
    return tables.version(type);
  }

  @Override
  public <E> Optional<E> byId(EntityType<E> type, String id) {
    return tables.byId(workspace, type, id);
  }

  @Override
  public <E> Optional<E> byUnique(EntityType<E> type, String field, String value) {
    return tables.byUnique(workspace, type, field, value);
  }

  @Override
  public <E> List<E> byReference(EntityType<E> type, String field, String parentId) {
    List<E> values = new ArrayList<>();
    for (String id : tables.childIds(type.name(), field, parentId)) {
      byId(type, id).ifPresent(values::add);
    }
    return values;
  }
}
