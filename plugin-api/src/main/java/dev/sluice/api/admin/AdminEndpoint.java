package dev.sluice.api.admin;

import io.vertx.core.Future;
import java.util.function.Function;

/**
 * One endpoint of the Admin API.
 *
 * @param method upper case
 * @param template such as {@code /services/{services}/blue-green}; literal segments win over parameters
 * @param handler runs on an event loop and must not block. A failure with an {@link ApiError} becomes its answer, any
 *     other one a 500
 * @param readsOnly whether nothing is changed although the method may say so, as with a question that is asked by POST.
 *     What such an endpoint is given is kept in no audit record
 */
public record AdminEndpoint(
    String method, String template, Function<AdminCall, Future<AdminResponse>> handler, boolean readsOnly) {

  /** An endpoint that changes what its method says. */
  public AdminEndpoint(String method, String template, Function<AdminCall, Future<AdminResponse>> handler) {
    this(method, template, handler, false);
  }

  /** The same endpoint, which changes nothing. */
  public AdminEndpoint readingOnly() {
    return new AdminEndpoint(method, template, handler, true);
  }
}
