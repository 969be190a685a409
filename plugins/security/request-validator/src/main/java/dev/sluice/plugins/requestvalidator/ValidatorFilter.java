package dev.sluice.plugins.requestvalidator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.BodyTooLargeException;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.requestvalidator.ContentTypes.MediaType;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Lets requests pass whose parameters and bodies conform to schemas; all others are refused. */
final class ValidatorFilter implements Filter.Access {

  private static final int MAX_BODY = 8 * 1024 * 1024;

  /** What takes longer to look at is looked at beside the event loop. */
  private static final int LONG_BODY = 32 * 1024;

  private static final Answer TYPE = Answer.error(400, "specified Content-Type is not allowed");
  private static final Answer TOO_LARGE = Answer.error(413, "request body is too large");
  private static final String BODY = "request body doesn't conform to schema";
  private static final String PARAMETER = "request param doesn't conform to schema";
  private static final String NO_JSON = "request body is not valid JSON";

  private final ValidatorConfig config;
  private final PluginContext context;
  private final Optional<BodySchema> schema;

  ValidatorFilter(ValidatorConfig config, PluginContext context) {
    this.config = config;
    this.context = context;
    this.schema = config.bodySchema().map(config.dialect()::compile);
  }

  @Override
  public Future<Void> access(RequestContext request) {
    for (ParameterRule rule : config.parameters()) {
      Optional<String> wrong = rule.violation(request);
      if (wrong.isPresent()) {
        request.answer(refusal(PARAMETER, wrong.get()));
        return Filters.CONTINUE;
      }
    }
    return schema.isEmpty() ? Filters.CONTINUE : body(request, schema.get());
  }

  private Future<Void> body(RequestContext request, BodySchema expected) {
    ClientRequest client = request.request();
    List<String> told = client.headers().getAll("Content-Type");
    Optional<MediaType> type = told.size() == 1 ? MediaType.parse(told.get(0)) : Optional.empty();
    if (type.isEmpty() || !config.types().allow(type.get())) {
      request.answer(TYPE);
      return Filters.CONTINUE;
    }
    if (!type.get().isJson()) {
      return Filters.CONTINUE;
    }
    if (!client.hasBody()) {
      request.answer(refusal(BODY, NO_JSON));
      return Filters.CONTINUE;
    }
    return client
        .body(MAX_BODY)
        .compose(
            body ->
                body.length() <= LONG_BODY
                    ? Future.succeededFuture(violation(expected, body))
                    : context.blocking(() -> violation(expected, body)))
        .map(
            wrong -> {
              wrong.ifPresent(what -> request.answer(refusal(BODY, what)));
              return (Void) null;
            })
        .recover(
            cause -> {
              if (cause instanceof BodyTooLargeException) {
                request.answer(TOO_LARGE);
                return Future.succeededFuture();
              }
              return Future.failedFuture(cause);
            });
  }

  private static Optional<Object> violation(BodySchema expected, Buffer body) {
    JsonNode node;
    try {
      node = JsonText.read(body.getBytes());
    } catch (JsonProcessingException e) {
      return Optional.of(NO_JSON);
    }
    return node.isMissingNode() ? Optional.of(NO_JSON) : expected.violation(node);
  }

  private Answer refusal(String message, Object detail) {
    return config.verbose()
        ? Answer.json(400, new JsonObject().put("message", message).put("data", detail))
        : Answer.error(400, message);
  }
}
