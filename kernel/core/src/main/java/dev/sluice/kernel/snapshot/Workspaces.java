package dev.sluice.kernel.snapshot;

import dev.sluice.api.store.StoredEntity;

/** The workspaces. For now there is the one that every node has. */
public final class Workspaces {

  /** The id of the workspace {@code default}. */
  public static final String DEFAULT_ID = StoredEntity.DEFAULT_WORKSPACE;

  private Workspaces() {}
}
