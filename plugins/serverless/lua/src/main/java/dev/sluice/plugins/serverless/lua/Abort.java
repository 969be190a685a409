package dev.sluice.plugins.serverless.lua;

/** Ends a script. It is an {@link Error}, since neither a script's {@code pcall} nor the interpreter may catch it. */
abstract sealed class Abort extends Error {

  private static final long serialVersionUID = 1L;

  private Abort(String message) {
    super(message, null, false, false);
  }

  /** The script has spent what one call may spend. */
  static final class Limit extends Abort {
    private static final long serialVersionUID = 1L;

    Limit(String message) {
      super(message);
    }
  }

  /** The script has said all that it wants to say, as with {@code kong.response.exit}. */
  static final class Exit extends Abort {
    private static final long serialVersionUID = 1L;

    Exit() {
      super("exit");
    }
  }
}
