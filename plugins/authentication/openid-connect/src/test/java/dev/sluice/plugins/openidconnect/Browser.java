package dev.sluice.plugins.openidconnect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody who goes where she is sent, keeps the cookies of each place, and can fill in the provider's page. */
final class Browser {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
  private static final int MOST_STEPS = 12;

  private final Map<String, Map<String, String>> cookies = new HashMap<>();
  private final List<String> set = new ArrayList<>();
  private final List<URI> visited = new ArrayList<>();

  /** Asks for one page, and goes nowhere. */
  HttpResponse<String> get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)));
  }

  /** Sends a form. */
  HttpResponse<String> post(String url, Map<String, String> form) {
    StringBuilder body = new StringBuilder();
    form.forEach((name, value) -> body.append(body.length() == 0 ? "" : "&")
        .append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return send(HttpRequest.newBuilder(URI.create(url))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  /** Asks for a page and goes on, logging in where that is asked for, until there is no further way. */
  HttpResponse<String> visit(String url) {
    return goOn(get(url), "");
  }

  /** Likewise, but stops before an address that begins so; gives back where it would have gone. */
  String visitUntil(String url, String prefix) {
    return location(goOn(get(url), prefix));
  }

  private HttpResponse<String> goOn(HttpResponse<String> first, String prefix) {
    HttpResponse<String> answer = first;
    for (int i = 0; i < MOST_STEPS; i++) {
      Matcher csrf = CSRF.matcher(answer.body());
      if (answer.statusCode() == 302) {
        String next = location(answer);
        if (!prefix.isEmpty() && next.startsWith(prefix)) {
          return answer;
        }
        answer = get(next);
      } else if (csrf.find()) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("username", "ada");
        form.put("password", "lovelace");
        form.put("_csrf", csrf.group(1));
        answer = post(answer.uri().resolve("/login").toString(), form);
      } else {
        return answer;
      }
    }
    throw new AssertionError("sent around in circles: " + visited);
  }

  static String location(HttpResponse<?> answer) {
    return answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow()).toString();
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    URI uri = request.build().uri();
    Map<String, String> here = cookies.computeIfAbsent(uri.getAuthority(), place -> new LinkedHashMap<>());
    if (!here.isEmpty()) {
      StringBuilder line = new StringBuilder();
      here.forEach((name, value) -> line.append(line.length() == 0 ? "" : "; ").append(name).append('=').append(value));
      request.header("Cookie", line.toString());
    }
    visited.add(uri);
    try {
      HttpResponse<String> answer = CLIENT.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
      set.clear();
      set.addAll(answer.headers().allValues("Set-Cookie"));
      set.forEach(line -> keep(here, line));
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void keep(Map<String, String> here, String line) {
    String[] pair = line.split(";", 2)[0].split("=", 2);
    if (line.contains("Max-Age=0")) {
      here.remove(pair[0]);
    } else {
      here.put(pair[0], pair[1]);
    }
  }

  /** The cookies of a place, by their names; to be changed at will. */
  Map<String, String> cookies(String url) {
    return cookies.computeIfAbsent(URI.create(url).getAuthority(), place -> new LinkedHashMap<>());
  }

  /** The lines that set cookies in the last answer. */
  List<String> set() {
    return List.copyOf(set);
  }

  List<URI> visited() {
    return visited;
  }
}
