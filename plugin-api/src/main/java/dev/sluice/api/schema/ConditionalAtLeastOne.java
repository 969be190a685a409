package dev.sluice.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** When a field matches, at least one of others must have a value; perhaps with a second case. */
public final class ConditionalAtLeastOne extends EntityCheck {

  /**
   * One case.
   *
   * @param match when it applies
   * @param fields one of these must have a value
   * @param err the message; {@code %s} stands for the fields
   */
  record Branch(Match match, List<String> fields, Optional<String> err) {

    Branch {
      fields = List.copyOf(fields);
    }

    Branch withErr(String text) {
      return new Branch(match, fields, Optional.of(text));
    }
  }

  private final String ifField;
  private final Branch then;
  private final Optional<Branch> orElse;

  ConditionalAtLeastOne(String ifField, Branch then, Optional<Branch> orElse) {
    this.ifField = ifField;
    this.then = then;
    this.orElse = orElse;
  }

  /** The message of the case added last; {@code %s} stands for the fields. */
  public ConditionalAtLeastOne err(String text) {
    return orElse.isPresent()
        ? new ConditionalAtLeastOne(ifField, then, Optional.of(orElse.get().withErr(text)))
        : new ConditionalAtLeastOne(ifField, then.withErr(text), orElse);
  }

  /** A second case, for values that do not match the first. */
  public ConditionalAtLeastOne orElse(Match match, String... fields) {
    return new ConditionalAtLeastOne(
        ifField, then, Optional.of(new Branch(match, List.of(fields), Optional.empty())));
  }

  @Override
  void run(CheckRun run) {
    if (run.errors().has(ifField)) {
      return;
    }
    Optional<Branch> branch = then.match().holds(run, ifField)
        ? Optional.of(then)
        : orElse.filter(second -> second.match().holds(run, ifField));
    branch.filter(chosen -> chosen.fields().stream().noneMatch(run::isNonEmpty))
        .ifPresent(chosen -> run.errors().addEntity(message(chosen, run)));
  }

  private static String message(Branch branch, CheckRun run) {
    String fields = LuaText.quoted(branch.fields());
    return branch.err()
        .map(text -> text.replace("%s", fields))
        .orElseGet(() -> run.updating("at least one of these fields must be non-empty: " + fields));
  }

  @Override
  public JsonObject render() {
    JsonObject out = new JsonObject()
        .put("if_field", ifField)
        .put("if_match", then.match().render())
        .put("then_at_least_one_of", new JsonArray(then.fields()));
    then.err().ifPresent(err -> out.put("then_err", err));
    orElse.ifPresent(branch -> {
      out.put("else_match", branch.match().render());
      out.put("else_then_at_least_one_of", new JsonArray(branch.fields()));
      branch.err().ifPresent(err -> out.put("else_then_err", err));
    });
    return new JsonObject().put("conditional_at_least_one_of", out);
  }
}
