package dev.sluice.conformance;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A client as plain as curl, which keeps its connections. */
final class Http {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Await.PATIENCE).build();

  private final String base;

  /** An answer. */
  record Reply(int status, String body, java.net.http.HttpHeaders headers) {

    JsonObject json() {
      return new JsonObject(body);
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    /** The same answer, if it has this status. */
    Reply expect(int wanted) {
      if (status != wanted) {
        throw new AssertionError("expected " + wanted + " but was " + status + ": " + body);
      }
      return this;
    }
  }

  private Http(String base) {
    this.base = base;
  }

  static Http at(int port) {
    return new Http("http://127.0.0.1:" + port);
  }

  Reply get(String path, String... headers) {
    return send(request("GET", path, "", headers));
  }

  CompletableFuture<Reply> getLater(String path, String... headers) {
    return CLIENT.sendAsync(request("GET", path, "", headers), BodyHandlers.ofString()).thenApply(Http::reply);
  }

  Reply delete(String path) {
    return send(request("DELETE", path, ""));
  }

  /** Sends a form: names and values take turns. */
  Reply form(String method, String path, String... pairs) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      body.append(i == 0 ? "" : "&").append(encode(pairs[i])).append('=').append(encode(pairs[i + 1]));
    }
    return send(request(method, path, body.toString(), "Content-Type", "application/x-www-form-urlencoded"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  Reply json(String method, String path, JsonObject body) {
    return send(request(method, path, body.encode(), "Content-Type", "application/json"));
  }

  /** Sends a document in YAML. */
  Reply yaml(String path, String document) {
    return send(request("POST", path, document, "Content-Type", "application/yaml"));
  }

  private HttpRequest request(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Await.PATIENCE)
            .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  private static Reply reply(HttpResponse<String> answer) {
    return new Reply(answer.statusCode(), answer.body(), answer.headers());
  }

  private static Reply send(HttpRequest request) {
    try {
      return reply(CLIENT.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
