package dev.sluice.kernel.cli;

/** A command cannot do what it is asked; the message says why. */
final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CommandException(String message) {
    super(message);
  }
}
