package dev.sluice.kernel.boot;

import dev.sluice.kernel.accesslog.AccessLogs;
import dev.sluice.kernel.accesslog.LogFormat;
import dev.sluice.kernel.accesslog.LogTarget;
import dev.sluice.kernel.accesslog.LoggedRequest;
import dev.sluice.kernel.accesslog.LoggedStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads where the access logs go, and in which formats. */
final class AccessLogReader {

  private static final String COMBINED =
      "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\""
          + " \"$http_user_agent\"";
  private static final String KONG = COMBINED + " kong_request_id: \"$kong_request_id\"";
  private static final String BASIC =
      "$remote_addr [$time_local] $protocol $status $bytes_sent $bytes_received $session_time";

  private AccessLogReader() {}

  static AccessLogs.Targets read(NodeConfig config) {
    List<LogFormat<LoggedRequest>> formats = new ArrayList<>();
    LogFormat<LoggedRequest> combined = LogFormat.ofRequests("combined '" + COMBINED + "'");
    LogFormat<LoggedRequest> kong = LogFormat.ofRequests("kong_log_format '" + KONG + "'");
    formats.add(combined);
    formats.add(kong);
    LogFormat<LoggedStream> basic = LogFormat.ofStreams("basic '" + BASIC + "'");
    List<LogFormat<LoggedStream>> streamFormats = new ArrayList<>(List.of(basic));
    tell("nginx_http_log_format", () -> config.text("nginx_http_log_format").map(LogFormat::ofRequests))
        .ifPresent(formats::add);
    tell("nginx_stream_log_format", () -> config.text("nginx_stream_log_format").map(LogFormat::ofStreams))
        .ifPresent(streamFormats::add);
    Map<String, LogTarget<LoggedRequest>> requests = new HashMap<>();
    for (String listener : List.of("proxy", "admin", "status")) {
      target(config, listener + "_listen", listener + "_access_log", listener.equals("proxy") ? kong : combined, formats)
          .ifPresent(target -> requests.put(listener, target));
    }
    return new AccessLogs.Targets(
        requests, target(config, "stream_listen", "proxy_stream_access_log", basic, streamFormats));
  }

  private static <T> Optional<LogTarget<T>> target(
      NodeConfig config, String listen, String setting, LogFormat<T> usual, List<LogFormat<T>> known) {
    Optional<LogTarget<T>> target =
        tell(
            setting,
            () -> config.text(setting).flatMap(text -> LogTarget.parse(text, config.prefix(), usual, known)));
    return Listen.parse(config, listen).isEmpty() ? Optional.empty() : target;
  }

  /** Reads a part of a setting. */
  private interface Reading<T> {
    Optional<T> read();
  }

  private static <T> Optional<T> tell(String setting, Reading<T> reading) {
    try {
      return reading.read();
    } catch (IllegalArgumentException e) {
      throw new ConfigException(setting + ": " + e.getMessage());
    }
  }
}
