package dev.sluice.api.schema;

/** The inner side of a check. */
abstract sealed class EntityCheck implements Check
    permits FieldsCheck, ExclusiveSets, Conditional, ConditionalAtLeastOne, CustomCheck {

  /** Adds what is wrong to the errors of the run. */
  abstract void run(CheckRun run);
}
