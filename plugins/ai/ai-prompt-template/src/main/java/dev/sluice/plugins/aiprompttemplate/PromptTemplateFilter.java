package dev.sluice.plugins.aiprompttemplate;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.LogFields;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.ai.JsonBodies;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/** Puts the template that a request asks for in the place of its body. */
final class PromptTemplateFilter implements Filter.Access {

  private static final String BEGIN = "{template://";
  private static final String END = "}";

  private final PromptTemplateConfig config;

  PromptTemplateFilter(PromptTemplateConfig config) {
    this.config = config;
  }

  @Override
  public Future<Void> access(RequestContext context) {
    return JsonBodies.bytes(context, config.maxBody()).map(bytes -> {
      if (config.logOriginal()) {
        bytes.ifPresent(body -> LogFields.put(context, "ai.payload.request", body.toString()));
      }
      refusal(context, bytes.flatMap(JsonBodies::object)).ifPresent(why -> JsonBodies.refuse(context, why));
      return null;
    });
  }

  /** Fills the template; what comes back says why a request is refused. */
  private Optional<String> refusal(RequestContext context, Optional<JsonObject> body) {
    if (body.isEmpty()) {
      return Optional.of(JsonBodies.NO_JSON);
    }
    Object messages = body.get().getValue("messages");
    Object prompt = body.get().getValue("prompt");
    if (messages != null && prompt != null) {
      return Optional.of("cannot run 'messages' and 'prompt' templates at the same time");
    } else if (messages == null && prompt == null) {
      return Optional.of("only 'llm/v1/chat' and 'llm/v1/completions' formats are supported for templating");
    }
    Optional<String> name = name(messages == null ? prompt : messages);
    if (name.isEmpty()) {
      return config.allowOthers()
          ? Optional.empty()
          : Optional.of("this LLM route only supports templated requests");
    }
    Template template = config.templates().get(name.get());
    return template == null
        ? Optional.of("could not find template name [" + name.get() + "]")
        : filled(context, template, body.get());
  }

  private static Optional<String> filled(RequestContext context, Template template, JsonObject body) {
    JsonObject given = body.getValue("properties") instanceof JsonObject properties ? properties : new JsonObject();
    Set<String> missing = template.missing(given);
    if (!missing.isEmpty()) {
      return Optional.of("missing template parameters: [" + String.join("], [", missing) + "]");
    }
    context.upstreamRequest().body(Buffer.buffer(template.fill(given)));
    return Optional.empty();
  }

  private static Optional<String> name(Object reference) {
    return reference instanceof String text && text.startsWith(BEGIN) && text.endsWith(END)
        ? Optional.of(text.substring(BEGIN.length(), text.length() - END.length()))
        : Optional.empty();
  }
}
