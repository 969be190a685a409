package dev.sluice.kernel.boot;

import dev.sluice.api.entity.Declaration;
import dev.sluice.api.entity.Declarations;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Whole configurations with answers on the context of the caller. */
record CallersDeclarations(Declarations inner) implements Declarations {

  @Override
  public boolean only() {
    return inner.only();
  }

  @Override
  public String hash() {
    return inner.hash();
  }

  @Override
  public Future<Outcome> apply(Declaration declaration, Options options) {
    return LentContext.onCaller(inner.apply(declaration, options));
  }

  @Override
  public Future<JsonObject> export() {
    return LentContext.onCaller(inner.export());
  }
}
