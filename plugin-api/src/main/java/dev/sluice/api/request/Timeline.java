package dev.sluice.api.request;

/**
 * When a request reached which point, in nanoseconds since its head was read; -1 where it has not been.
 *
 * @param sentUpstream when the last attempt was begun that went upstream
 * @param answered when the head of the answer was there: that of the upstream, or the gateway's own after a failure
 * @param ended when the request ended; before the phase LOG the present moment
 */
public record Timeline(long sentUpstream, long answered, long ended) {}
