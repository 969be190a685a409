package dev.sluice.plugins.keyauth;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Another kind of authentication: whoever has a header {@code token} is {@code token-user}. */
final class TokenAuth implements GatewayPlugin {

  private record Factory(String name, int priority) implements FilterFactory<Optional<String>> {
    @Override
    public ConfigSchema<Optional<String>> schema() {
      return ConfigSchema.<Optional<String>>of(config -> Optional.ofNullable(config.getString("anonymous")))
          .field("anonymous", Fields.string())
          .build();
    }

    @Override
    public Filter create(Optional<String> anonymous) {
      return (Filter.Access) context -> run(context, anonymous);
    }
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new Factory("token-auth", 1100), new Factory("early-token-auth", 1450));
  }

  private static Future<Void> run(RequestContext context, Optional<String> anonymous) {
    if (anonymous.isPresent() && context.credential().isPresent()) {
      return Filters.CONTINUE;
    }
    if (context.request().headers().contains("token")) {
      Optional<Consumer> user = consumer(context, "token-user");
      context.authenticate(user, Optional.of(new Credential("1", user.map(Consumer::id), Optional.of("the-token"))));
    } else if (anonymous.isPresent()) {
      context.authenticateAnonymous(consumer(context, anonymous.get()).orElseThrow());
    } else {
      context.answer(Answer.error(401, "No token"));
    }
    return Filters.CONTINUE;
  }

  private static Optional<Consumer> consumer(RequestContext context, String name) {
    return context.entities().byUnique(CoreEntities.CONSUMERS, "username", name);
  }
}
