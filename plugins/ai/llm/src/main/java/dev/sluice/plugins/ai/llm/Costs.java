package dev.sluice.plugins.ai.llm;

import java.util.Optional;

/** What answers cost. */
public final class Costs {

  private static final double MILLION = 1_000_000;

  private Costs() {}

  /** The cost of what was used; 0 where no prices are configured. */
  public static double of(Model model, Usage usage) {
    Optional<Number> input = model.number("input_cost");
    Optional<Number> output = model.number("output_cost");
    return input.isEmpty() || output.isEmpty()
        ? 0
        : (usage.prompt() * input.get().doubleValue() + usage.completion() * output.get().doubleValue()) / MILLION;
  }
}
