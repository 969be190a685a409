package dev.sluice.plugins.serverless.lua;

/** A script has failed. Its message, on one line, is all there is to know: the Java stack tells nothing of it. */
final class ScriptFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ScriptFailure(String message) {
    super(message.replaceAll("\\p{Cntrl}", " "), null, false, false);
  }
}
