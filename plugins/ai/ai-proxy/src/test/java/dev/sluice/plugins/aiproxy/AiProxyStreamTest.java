package dev.sluice.plugins.aiproxy;

import dev.sluice.testkit.Await;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AiProxyStreamTest extends AiProxyFixture {

  private static final String STREAM = CHAT.replace("{'m", "{'stream': true, 'm");

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  private static String event(String text) {
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":null}]}\n\n";
  }

  /** Asks with a client that sees an answer as it comes. */
  private HttpClientResponse begin(String path) {
    return Await.result(vertx.createHttpClient()
        .request(HttpMethod.POST, gateway.proxyPort(), "127.0.0.1", path)
        .compose(request -> request.putHeader("Content-Type", "application/json").send(STREAM.replace('\'', '"')))
        .map(response -> {
          response.pause();
          return response;
        }));
  }

  @Test
  void bitsArriveAsTheyAreSent() {
    AtomicReference<HttpServerResponse> sending = new AtomicReference<>();
    provider.does(request -> {
      sending.set(request.response());
      request.response().setChunked(true).putHeader("Content-Type", "text/event-stream").write(event("one"));
    });
    HttpClientResponse answer = begin(openAi(""));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.getHeader("Content-Type")).isEqualTo("text/event-stream");
    assertThat(answer.getHeader("Content-Length")).isNull();
    assertThat(answer.getHeader("X-Kong-LLM-Model")).isEqualTo("openai/gpt");
    AtomicReference<String> seen = new AtomicReference<>("");
    answer.handler(bytes -> seen.set(seen.get() + bytes));
    answer.resume();
    Await.until("the first bit", () -> seen.get().equals(event("one")));
    sending.get().write(event("two").substring(0, 20));
    sending.get().write(event("two").substring(20));
    Await.until("the second bit", () -> seen.get().equals(event("one") + event("two")));
    sending.get().end("data: [DONE]\n\n");
    Await.until("the end", () -> seen.get().equals(event("one") + event("two") + "data: [DONE]\n\n"));
    assertThat(provider.asked().json().getBoolean("stream")).isTrue();
  }

  @Test
  void aClientThatDoesNotReadHoldsUpTheProvider() {
    AtomicInteger written = new AtomicInteger();
    String event = event("x".repeat(60_000));
    int events = 600;
    provider.does(request -> {
      HttpServerResponse response = request.response().setChunked(true);
      Runnable[] more = new Runnable[1];
      more[0] = () -> {
        while (written.get() < events && !response.writeQueueFull()) {
          written.incrementAndGet();
          response.write(event);
        }
        if (written.get() == events) {
          response.end("data: [DONE]\n\n");
        } else {
          response.drainHandler(drained -> more[0].run());
        }
      };
      more[0].run();
    });
    HttpClientResponse answer = begin(openAi(""));
    AtomicInteger before = new AtomicInteger(-1);
    AtomicInteger still = new AtomicInteger();
    Await.until("the provider is held up", () -> {
      int now = written.get();
      still.set(before.getAndSet(now) == now ? still.get() + 1 : 0);
      return still.get() >= 20;
    });
    assertThat(written.get()).as("events written while nobody reads").isLessThan(events);
    AtomicInteger bytes = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    answer.handler(part -> bytes.addAndGet(part.length()));
    answer.endHandler(end -> ended.set(1));
    answer.resume();
    Await.until("all has arrived", () -> ended.get() == 1);
    assertThat(bytes.get()).isEqualTo(events * event.length() + "data: [DONE]\n\n".length());
  }

  @Test
  void streamsOfOthersAreTranslated() {
    provider.says(200, "application/x-ndjson", """
        {"model":"llama","message":{"role":"assistant","content":"Hello"},"done":false}
        {"model":"llama","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"}
        """);
    String path = route("{'route_type': 'llm/v1/chat', 'response_streaming': 'always', 'model': {'provider': 'llama2',"
        + " 'name': 'l', 'options': {'upstream_url': 'URL/api/chat', 'llama2_format': 'ollama'}}}");
    String seen = post(path, CHAT).bodyAsString();
    assertThat(seen)
        .startsWith("data: {\"object\":\"chat.completion.chunk\"")
        .contains("\"delta\":{\"role\":\"assistant\",\"content\":\"Hello\"}")
        .contains("\"finish_reason\":\"stop\"")
        .endsWith("\n\ndata: [DONE]\n\n");
    assertThat(provider.asked().uri()).isEqualTo("/api/chat");
    assertThat(provider.asked().json().getBoolean("stream")).isTrue();
  }

  @Test
  void whereStreamsAreDeniedTheyAreRefused() {
    String path = openAi(", 'response_streaming': 'deny'");
    assertThat(message(post(path, STREAM))).isEqualTo("response streaming is not enabled for this LLM");
    provider.says(completion("Hello"));
    assertThat(post(path, CHAT).statusCode()).isEqualTo(200);
  }

  @Test
  void aProviderThatBreaksOffBreaksTheAnswerOff() {
    AtomicReference<HttpConnection> connection = new AtomicReference<>();
    provider.does(request -> {
      connection.set(request.connection());
      request.response().setChunked(true).write(event("one"));
    });
    HttpClientResponse answer = begin(openAi(""));
    AtomicReference<String> end = new AtomicReference<>("");
    AtomicReference<String> seen = new AtomicReference<>("");
    answer.handler(bytes -> seen.set(seen.get() + bytes));
    answer.endHandler(ended -> end.set("complete"));
    answer.exceptionHandler(broken -> end.set("broken"));
    answer.resume();
    Await.until("the first bit", () -> seen.get().equals(event("one")));
    connection.get().close();
    Await.until("the end", () -> !end.get().isEmpty());
    assertThat(end.get()).isEqualTo("broken");
  }
}
