package dev.sluice.api.admin;

import io.vertx.core.Future;
import java.util.Optional;
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
 * @param takes the type of a body that is taken as it is, beside those that are read as JSON: {@link AdminCall#body()} is
 *     empty then, and {@link AdminRequest#body()} has the bytes
 */
public record AdminEndpoint(
    String method,
    String template,
    Function<AdminCall, Future<AdminResponse>> handler,
    boolean readsOnly,
    Optional<String> takes) {

  /** An endpoint that changes what its method says. */
  public AdminEndpoint(String method, String template, Function<AdminCall, Future<AdminResponse>> handler) {
    this(method, template, handler, false, Optional.empty());
  }

  /** The same endpoint, which changes nothing. */
  public AdminEndpoint readingOnly() {
    return new AdminEndpoint(method, template, handler, true, takes);
  }

  /**
   * The same endpoint, which takes bodies of one more type.
   *
   * @param mediaType lower case, without parameters
   */
  public AdminEndpoint taking(String mediaType) {
    return new AdminEndpoint(method, template, handler, readsOnly, Optional.of(mediaType));
  }
}
