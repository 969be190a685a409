package dev.sluice.plugins.aipromptguard;

import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.ai.ChatMessage;
import dev.sluice.plugins.ai.JsonBodies;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Refuses prompts. */
final class PromptGuardFilter implements Filter.Access {

  private static final String REFUSED = "bad request";

  private final PromptGuardConfig config;
  private final PromptPatterns patterns;
  private final PluginContext lent;

  PromptGuardFilter(PromptGuardConfig config, PluginContext lent) {
    this.config = config;
    this.patterns = new PromptPatterns(config.allow(), config.deny());
    this.lent = lent;
  }

  @Override
  public Future<Void> access(RequestContext context) {
    return JsonBodies.read(context, config.maxBody()).compose(body -> {
      if (body.isEmpty()) {
        JsonBodies.refuse(context, JsonBodies.NO_JSON);
        return Filters.CONTINUE;
      }
      Optional<String> prompt = prompt(body.get());
      if (prompt.isEmpty()) {
        JsonBodies.refuse(context, REFUSED);
        return Filters.CONTINUE;
      }
      return passes(prompt.get()).map(passes -> {
        if (!passes) {
          JsonBodies.refuse(context, REFUSED);
        }
        return null;
      });
    });
  }

  /** What takes long is not done on the event loop. */
  private Future<Boolean> passes(String prompt) {
    return patterns.isQuick(prompt)
        ? Future.succeededFuture(patterns.pass(prompt))
        : lent.blocking(() -> patterns.pass(prompt));
  }

  /** What is to be looked at; empty when nobody whose words count has said anything. */
  private Optional<String> prompt(JsonObject body) {
    if (!config.format().isChat(body)) {
      return body.getValue("prompt") instanceof String prompt ? Optional.of(prompt) : Optional.empty();
    }
    List<ChatMessage> counting = config.format().messages(body).stream()
        .filter(message -> config.allRoles() || message.role().equals(ChatMessage.USER))
        .toList();
    if (counting.isEmpty()) {
      return Optional.empty();
    }
    if (config.lastOnly()) {
      return Optional.of(counting.get(counting.size() - 1).text());
    }
    StringJoiner all = new StringJoiner(" ");
    counting.forEach(message -> all.add(message.text()));
    return Optional.of(all.toString());
  }
}
