package dev.sluice.kernel.pipeline;

import io.netty.util.AsciiString;

/** Names and values of headers that the kernel itself reads or writes. */
public final class HeaderNames {

  public static final AsciiString ACCEPT = AsciiString.cached("accept");
  public static final AsciiString CONNECTION = AsciiString.cached("Connection");
  public static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");
  public static final AsciiString CONTENT_TYPE = AsciiString.cached("Content-Type");
  public static final AsciiString HOST = AsciiString.cached("Host");
  public static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
  public static final AsciiString SERVER = AsciiString.cached("Server");
  public static final AsciiString TE = AsciiString.cached("TE");
  public static final AsciiString TRANSFER_ENCODING = AsciiString.cached("Transfer-Encoding");
  public static final AsciiString UPGRADE = AsciiString.cached("Upgrade");
  public static final AsciiString VIA = AsciiString.cached("Via");
  public static final AsciiString X_CONSUMER_CUSTOM_ID = AsciiString.cached("X-Consumer-Custom-ID");
  public static final AsciiString X_CONSUMER_ID = AsciiString.cached("X-Consumer-ID");
  public static final AsciiString X_CONSUMER_USERNAME = AsciiString.cached("X-Consumer-Username");
  public static final AsciiString X_CREDENTIAL_IDENTIFIER = AsciiString.cached("X-Credential-Identifier");
  public static final AsciiString X_ANONYMOUS_CONSUMER = AsciiString.cached("X-Anonymous-Consumer");
  public static final AsciiString X_FORWARDED_FOR = AsciiString.cached("X-Forwarded-For");
  public static final AsciiString X_FORWARDED_HOST = AsciiString.cached("X-Forwarded-Host");
  public static final AsciiString X_FORWARDED_PATH = AsciiString.cached("X-Forwarded-Path");
  public static final AsciiString X_FORWARDED_PORT = AsciiString.cached("X-Forwarded-Port");
  public static final AsciiString X_FORWARDED_PREFIX = AsciiString.cached("X-Forwarded-Prefix");
  public static final AsciiString X_FORWARDED_PROTO = AsciiString.cached("X-Forwarded-Proto");
  public static final AsciiString X_REAL_IP = AsciiString.cached("X-Real-IP");
  public static final AsciiString X_KONG_PROXY_LATENCY = AsciiString.cached("X-Kong-Proxy-Latency");
  public static final AsciiString X_KONG_REQUEST_ID = AsciiString.cached("X-Kong-Request-Id");
  public static final AsciiString X_KONG_RESPONSE_LATENCY = AsciiString.cached("X-Kong-Response-Latency");
  public static final AsciiString X_KONG_UPSTREAM_LATENCY = AsciiString.cached("X-Kong-Upstream-Latency");
  public static final AsciiString X_KONG_UPSTREAM_STATUS = AsciiString.cached("X-Kong-Upstream-Status");

  private HeaderNames() {}
}
