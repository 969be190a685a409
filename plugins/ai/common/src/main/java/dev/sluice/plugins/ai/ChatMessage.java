package dev.sluice.plugins.ai;

/**
 * What one side of a conversation said.
 *
 * @param role {@code system}, {@code user} or {@code assistant}
 * @param text without pictures and the like
 */
public record ChatMessage(String role, String text) {

  /** The role of who sets the rules. */
  public static final String SYSTEM = "system";

  /** The role of who asks. */
  public static final String USER = "user";

  /** The role of the model. */
  public static final String ASSISTANT = "assistant";
}
