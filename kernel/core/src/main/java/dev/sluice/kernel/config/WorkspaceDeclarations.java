package dev.sluice.kernel.config;

import dev.sluice.api.entity.Declaration;
import dev.sluice.api.entity.Declarations;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Whole configurations of a workspace that is not the default one; of a declaration of it nothing is remembered. */
record WorkspaceDeclarations(DeclarationService all, String workspace) implements Declarations {

  @Override
  public boolean only() {
    return all.only();
  }

  @Override
  public String hash() {
    return Declaration.NO_HASH;
  }

  @Override
  public Future<Outcome> apply(Declaration declaration, Options options) {
    return all.apply(declaration, options, workspace);
  }

  @Override
  public Future<JsonObject> export() {
    return all.export(workspace);
  }
}
