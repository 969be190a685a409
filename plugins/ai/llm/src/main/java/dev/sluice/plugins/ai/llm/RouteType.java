package dev.sluice.plugins.ai.llm;

/** What is asked of a model. */
public enum RouteType {

  /** To go on with a conversation. */
  CHAT("llm/v1/chat"),

  /** To complete a text. */
  COMPLETIONS("llm/v1/completions"),

  /** Whatever the client says, in the provider's own words. */
  PRESERVE("preserve");

  private final String wire;

  RouteType(String wire) {
    this.wire = wire;
  }

  /** The name in configurations. */
  public String wire() {
    return wire;
  }

  /** The type of that name. */
  static RouteType of(String wire) {
    for (RouteType type : values()) {
      if (type.wire.equals(wire)) {
        return type;
      }
    }
    throw new IllegalArgumentException("there is no route_type " + wire);
  }
}
