package dev.sluice.api.deployment;

import dev.sluice.api.request.Headers;
import io.vertx.core.buffer.Buffer;

/**
 * What a server has answered.
 *
 * @param status the status
 * @param headers as received; to be read only
 * @param body as received; to be read only
 * @param whole whether that is all of the body, and not only what fitted in
 * @param latencyNanos from the end of the request to the head of the answer
 */
public record CopiedAnswer(int status, Headers headers, Buffer body, boolean whole, long latencyNanos) {}
