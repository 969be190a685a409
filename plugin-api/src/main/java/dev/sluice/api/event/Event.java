package dev.sluice.api.event;

/** Something that happened on this node. */
public sealed interface Event {

  /**
   * A new configuration serves.
   *
   * @param version counts from 1 on this node
   */
  record SnapshotPublished(long version) implements Event {}

  /**
   * A target address became healthy or unhealthy.
   *
   * @param upstream the upstream's name
   * @param address {@code ip:port}
   * @param healthy the new state
   */
  record TargetHealthChanged(String upstream, String address, boolean healthy) implements Event {}

  /**
   * A plugin jar was loaded, replaced, removed or refused.
   *
   * @param plugin the name, or the file's name when the jar is refused
   * @param what what happened to it
   */
  record PluginChanged(String plugin, String what) implements Event {}
}
