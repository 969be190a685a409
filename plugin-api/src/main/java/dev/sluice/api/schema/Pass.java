package dev.sluice.api.schema;

/**
 * One walk over a document.
 *
 * @param stage what the walk is for
 * @param run what it may need
 */
record Pass(Stage stage, SchemaRun run) {

  /** What a walk is for. */
  enum Stage {
    /** A whole document as a client gives it. */
    INSERT,
    /** Some fields as a client gives them: absent ones stay absent. */
    UPDATE,
    /** A whole document that was put together: only gaps are filled. */
    FILL
  }

  static Pass of(Operation operation, SchemaRun run) {
    return new Pass(operation == Operation.UPDATE ? Stage.UPDATE : Stage.INSERT, run);
  }

  Pass fill() {
    return new Pass(Stage.FILL, run);
  }

  boolean isUpdate() {
    return stage == Stage.UPDATE;
  }
}
