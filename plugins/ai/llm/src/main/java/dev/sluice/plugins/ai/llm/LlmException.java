package dev.sluice.plugins.ai.llm;

/** Something that a client is told: its request, or a provider's answer, cannot be translated. */
public final class LlmException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what the client is told. */
  public LlmException(String message) {
    super(message, null, false, false);
  }
}
