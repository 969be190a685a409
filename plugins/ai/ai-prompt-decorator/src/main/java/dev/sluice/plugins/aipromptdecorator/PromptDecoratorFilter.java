package dev.sluice.plugins.aipromptdecorator;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.ai.JsonBodies;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Puts messages around those of the client. */
final class PromptDecoratorFilter implements Filter.Access {

  private final PromptDecoratorConfig config;

  PromptDecoratorFilter(PromptDecoratorConfig config) {
    this.config = config;
  }

  @Override
  public Future<Void> access(RequestContext context) {
    return JsonBodies.read(context, config.maxBody()).map(body -> {
      decorate(context, body);
      return null;
    });
  }

  private void decorate(RequestContext context, Optional<JsonObject> body) {
    if (body.isEmpty()) {
      JsonBodies.refuse(context, JsonBodies.NO_JSON);
    } else if (!config.format().isChat(body.get())) {
      JsonBodies.refuse(context, "this LLM route only supports llm/chat type requests");
    } else {
      config.format().insert(body.get(), config.before(), config.after());
      JsonBodies.replace(context, body.get());
    }
  }
}
