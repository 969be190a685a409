package dev.sluice.api.request;

import dev.sluice.api.filter.Phase;
import java.util.Set;

/** A filter tried something in a phase in which it can have no effect. */
public class WrongPhaseException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /**
   * @param what the call, as its author would recognise it
   * @param now the phase it was made in
   * @param allowed the phases in which it works
   */
  public WrongPhaseException(String what, Phase now, Set<Phase> allowed) {
    super(what + " has no effect in the phase " + now + "; it works in " + allowed);
  }
}
