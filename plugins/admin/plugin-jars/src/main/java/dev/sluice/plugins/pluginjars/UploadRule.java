package dev.sluice.plugins.pluginjars;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.request.Headers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;

/**
 * Whether jars may be uploaded: only where a setting says so, and only where the Admin API asks for a token. Whether it
 * asks is found out by asking without one, and not guessed from the settings.
 */
final class UploadRule {

  private static final String SETTING = "admin_plugin_upload";
  private static final int DENIED = 401;

  private final PluginContext context;

  UploadRule(PluginContext context) {
    this.context = context;
  }

  /** Why not; empty when they may. To be called on an event loop. */
  Future<Optional<String>> refusal(AdminRequest request) {
    if (context.node().setting(SETTING).filter("on"::equals).isEmpty()) {
      return Future.succeededFuture(
          Optional.of("this node takes no jars by the Admin API: " + SETTING + " is off"));
    }
    AdminRequest bare =
        new AdminRequest("GET", "/endpoints", Map.of(), Headers.NONE, Buffer.buffer(), request.peerAddress());
    return context
        .adminApi()
        .handle(bare)
        .map(
            answer ->
                answer.status() == DENIED
                    ? Optional.empty()
                    : Optional.of(
                        "this node takes jars only from who shows a token, and asks for none: set admin_token, or"
                            + " admin_auth = on"));
  }
}
