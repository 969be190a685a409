package dev.sluice.kernel.snapshot;

/** The workspaces. For now there is the one that every node has. */
public final class Workspaces {

  /** The id of the workspace {@code default}. */
  public static final String DEFAULT_ID = "0dc6f45b-8f8d-40d2-a504-473544ee190b";

  private Workspaces() {}
}
