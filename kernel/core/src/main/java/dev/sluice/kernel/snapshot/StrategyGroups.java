package dev.sluice.kernel.snapshot;

import dev.sluice.api.deployment.GroupDefinition;
import dev.sluice.api.deployment.Selection;
import dev.sluice.api.deployment.TargetGroups;
import java.util.List;

/** The groups of one strategy on one route, compiled ahead. */
public final class StrategyGroups implements TargetGroups {

  private final FilterInstance instance;
  private final Destination own;
  private final Group[] groups;
  private final String[] hidden;

  /**
   * One group.
   *
   * @param definition what the strategy says of it
   * @param destination where its requests go
   */
  public record Group(GroupDefinition definition, Destination destination) {}

  StrategyGroups(FilterInstance instance, Destination own, List<Group> groups) {
    this.instance = instance;
    this.own = own;
    this.groups = groups.toArray(Group[]::new);
    this.hidden = instance.strategy().hiddenHeaders().toArray(String[]::new);
  }

  /** Whose groups they are. */
  FilterInstance instance() {
    return instance;
  }

  /** Headers that the upstream does not get. */
  public String[] hidden() {
    return hidden;
  }

  /**
   * A group by its name.
   *
   * @throws IllegalStateException when the strategy has none of that name
   */
  public Group group(String name) {
    for (Group group : groups) {
      if (group.definition().name().equals(name)) {
        return group;
      }
    }
    throw new IllegalStateException("it has no group '" + name + "'");
  }

  Group[] groups() {
    return groups;
  }

  @Override
  public boolean available(String name) {
    return name.equals(Selection.REST) ? own.available() : group(name).destination().available();
  }
}
