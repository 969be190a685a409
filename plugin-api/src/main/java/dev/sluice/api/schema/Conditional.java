package dev.sluice.api.schema;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** When one field matches, another must match, too. */
final class Conditional extends EntityCheck {

  private final String ifField;
  private final Match ifMatch;
  private final String thenField;
  private final Match thenMatch;
  private final Optional<String> thenErr;

  Conditional(String ifField, Match ifMatch, String thenField, Match thenMatch, Optional<String> thenErr) {
    this.ifField = ifField;
    this.ifMatch = ifMatch;
    this.thenField = thenField;
    this.thenMatch = thenMatch;
    this.thenErr = thenErr;
  }

  @Override
  void run(CheckRun run) {
    if (run.errors().has(ifField) || !ifMatch.holds(run, ifField) || !Values.has(run.data(), thenField)) {
      return;
    }
    // Runs even when the second field was found wrong already: its problem is then that of the match.
    thenMatch.problem(run, thenField).ifPresent(problem -> {
      run.errors().putAt(thenField, problem);
      run.errors().addEntity(
          thenErr.orElse("failed conditional validation given value of field '" + ifField + "'"));
    });
  }

  @Override
  public JsonObject render() {
    JsonObject out = new JsonObject()
        .put("if_field", ifField)
        .put("if_match", ifMatch.render())
        .put("then_field", thenField)
        .put("then_match", thenMatch.render());
    thenErr.ifPresent(err -> out.put("then_err", err));
    return new JsonObject().put("conditional", out);
  }
}
