package dev.sluice.kernel.boot;

/** The node's configuration cannot be used; the message says which setting, in Kong's words. */
public class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong. */
  public ConfigException(String message) {
    super(message);
  }
}
