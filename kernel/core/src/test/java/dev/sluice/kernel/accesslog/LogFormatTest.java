package dev.sluice.kernel.accesslog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LogFormatTest {

  private static final long NOW = 1_767_225_600_042L;

  private static String line(String format, LoggedRequest of) {
    Line line = new Line();
    LogFormat.ofRequests(format).write(line, of, NOW);
    String text = new String(line.bytes(), 0, line.length(), StandardCharsets.ISO_8859_1);
    assertThat(text).endsWith("\n");
    return text.substring(0, text.length() - 1);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "$remote_addr $realip_remote_addr:$remote_port | 10.0.0.1 192.168.0.1:4321",
    "\"$request\" | \"GET /p?a=1&B=2 HTTP/1.1\"",
    "$request_uri $uri $args $is_args $query_string | /p?a=1&B=2 /a b a=1&B=2 ? a=1&B=2",
    "$arg_b ${arg_a}x $arg_c | 2 1x -",
    "$status $body_bytes_sent $bytes_sent $request_length $request_time | 200 5 150 70 1.234",
    "$host $server_addr:$server_port $scheme [$https] | example.com 127.0.0.1:8000 http []",
    "$http_user_agent $http_referer | curl -",
    "$sent_http_content_type $sent_http_x | text/plain -",
    "$cookie_id $cookie_no | 7 -",
    "$remote_user | Aladdin",
    "$kong_request_id | 0123456789abcdef",
    "$upstream_addr $upstream_status | 10.1.0.1:80, [::1]:81 504, 200",
    "$upstream_response_time $upstream_header_time | 0.030, 1.203 -, 0.007",
    "$msec $request_completion $connection_requests | 1767225600.042 OK 1"
  })
  void variables(String format, String expected) {
    Map<String, String> headers =
        Map.of("user-agent", "curl", "cookie", "a=b; ID=7", "authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assertThat(line("x '" + format + "'", new SampleRequest("/p?a=1&B=2", 200, headers))).isEqualTo(expected);
  }

  @Test
  void theTimeIsTheMachines() {
    ZonedDateTime time = Instant.ofEpochMilli(NOW).atZone(ZoneId.systemDefault());
    String expected = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH).format(time);
    assertThat(line("x '[$time_local]'", new SampleRequest("/"))).isEqualTo("[" + expected + "]");
    assertThat(line("x $time_iso8601", new SampleRequest("/")))
        .startsWith(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").format(time));
  }

  @Test
  void whatAClientSendsCannotWriteLines() {
    SampleRequest evil = new SampleRequest("/\"\\\r\n\u0000\u007f\u00e4 $status");
    assertThat(line("x '$request_uri'", evil)).isEqualTo("/\\x22\\x5C\\x0D\\x0A\\x00\\x7F\\xE4 $status");
    assertThat(line("x escape=json '$request_uri'", evil))
        .isEqualTo("/\\\"\\\\\\r\\n\\u0000\u007f\u00e4 $status");
    assertThat(line("x escape=none '$request_uri'", new SampleRequest("/\"\u00e4"))).isEqualTo("/\"\u00e4");
  }

  @Test
  void whatNoClientSentIsWrittenInItsBytes() {
    assertThat(line("x '$request_uri'", new SampleRequest("a\u20ac"))).isEqualTo("a\\xE2\\x82\\xAC");
  }

  @Test
  void whatIsMissingIsADashOrNothing() {
    assertThat(line("x '$request|$http_a'", new SampleRequest(null))).isEqualTo("-|-");
    assertThat(line("x escape=json '$request|$http_a'", new SampleRequest(null))).isEqualTo("|");
  }

  @Test
  void aClientThatIsGoneHasTheStatusOfNginx() {
    assertThat(line("x '$status $request_completion'", new SampleRequest("/", 0, Map.of()))).isEqualTo("499 ");
  }

  @Test
  void textsAreJoinedAndUnquoted() {
    assertThat(line("x 'a ' \"b \\\" \" c", new SampleRequest("/"))).isEqualTo("a b \" c");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "x | invalid number of arguments in \"log_format\" directive",
    "x $nonsense | unknown \"nonsense\" variable",
    "x escape=xml a | unknown log format escaping \"xml\"",
    "x '$' | invalid parameter \"$\"",
    "x ${status | invalid parameter \"${status\"",
    "x \"a | unexpected end of file, expecting \""
  })
  void mistakesAreTold(String format, String message) {
    assertThatThrownBy(() -> LogFormat.ofRequests(format)).hasMessage(message);
  }
}
