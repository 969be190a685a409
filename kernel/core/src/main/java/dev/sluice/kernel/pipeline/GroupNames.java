package dev.sluice.kernel.pipeline;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.ConsumerGroup;
import dev.sluice.kernel.snapshot.GatewaySnapshot;
import java.util.List;

/** The groups that the configuration has a consumer in; none where no plugin brings groups. */
final class GroupNames {

  private GroupNames() {}

  static List<String> of(GatewaySnapshot snapshot, String workspace, Consumer consumer) {
    return snapshot
        .registry()
        .entityType(ConsumerGroup.TYPE)
        .map(type -> snapshot.reader(workspace).byReference(type, ConsumerGroup.CONSUMER, consumer.id()))
        .orElse(List.of())
        .stream()
        .filter(ConsumerGroup.class::isInstance)
        .map(each -> ((ConsumerGroup) each).name())
        .toList();
  }
}
