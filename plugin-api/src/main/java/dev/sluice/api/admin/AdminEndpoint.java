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
 */
public record AdminEndpoint(String method, String template, Function<AdminCall, Future<AdminResponse>> handler) {}
