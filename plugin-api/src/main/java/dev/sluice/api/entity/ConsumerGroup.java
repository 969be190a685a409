package dev.sluice.api.entity;

/**
 * That a consumer belongs to a group: what the entities of {@link #TYPE} are decoded to, whichever jar brings them, so
 * that others can ask for groups ({@link dev.sluice.api.request.RequestContext#groups}).
 */
public interface ConsumerGroup {

  /** The name of the type. */
  String TYPE = "acls";

  /** The field that refers to the consumer. */
  String CONSUMER = "consumer";

  /** The name of the group. */
  String name();
}
