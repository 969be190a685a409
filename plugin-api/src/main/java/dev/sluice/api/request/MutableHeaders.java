package dev.sluice.api.request;

/** Headers that a filter may change in the phases their owner names; elsewhere {@link WrongPhaseException}. */
public interface MutableHeaders extends Headers {

  /** Replaces all values of a name by one. */
  MutableHeaders set(CharSequence name, CharSequence value);

  /** Adds a line. */
  MutableHeaders add(CharSequence name, CharSequence value);

  /** Removes all lines of a name. */
  MutableHeaders remove(CharSequence name);
}
