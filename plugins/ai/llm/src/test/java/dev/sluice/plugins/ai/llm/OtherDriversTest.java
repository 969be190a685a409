package dev.sluice.plugins.ai.llm;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Those who speak as OpenAI does, Ollama, and those who generate text. */
class OtherDriversTest {

  private static final String CHAT = "{'messages': [{'role': 'system', 'content': 'Be brief.'},"
      + " {'role': 'user', 'content': 'A'}], 'max_tokens': 5}";
  private static final String OLLAMA = "{'llama2_format': 'ollama'}";
  private static final String RAW = "{'llama2_format': 'raw'}";

  @Test
  void settingsOfTheConfigurationCount() {
    Ask ask = Said.ask("openai", RouteType.CHAT, "{'max_tokens': 9, 'temperature': 1}", true, CHAT);
    Driver driver = Said.driver("openai", RouteType.CHAT, "{}");
    assertThat(driver.request(ask)).isEqualTo(
        Said.json(CHAT).put("model", "m-1").put("max_tokens", 9).put("temperature", 1).put("stream", true));
    assertThat(ask.body()).isEqualTo(Said.json(CHAT));
    assertThatThrownBy(() -> driver.answer(new JsonObject(), ask)).hasMessage("'choices' not in llm/v1/chat response");
  }

  @Test
  void placesAreThoseOfTheProviders() {
    assertThat(place("openai", RouteType.CHAT, "{}")).isEqualTo("https://api.openai.com/v1/chat/completions?");
    assertThat(place("openai", RouteType.COMPLETIONS, "{}")).isEqualTo("https://api.openai.com/v1/completions?");
    assertThat(place("mistral", RouteType.CHAT, "{'mistral_format': 'openai'}"))
        .isEqualTo("https://api.mistral.ai/v1/chat/completions?");
    assertThat(place("azure", RouteType.CHAT,
            "{'azure_instance': 'i', 'azure_deployment_id': 'd/e', 'azure_api_version': 'v'}"))
        .isEqualTo("https://i.openai.azure.com/openai/deployments/d%2Fe/chat/completions?api-version=v");
    assertThat(place("huggingface", RouteType.CHAT, "{}"))
        .isEqualTo("https://api-inference.huggingface.co/models/m-1/v1/chat/completions?");
    assertThat(place("huggingface", RouteType.COMPLETIONS, "{}"))
        .isEqualTo("https://api-inference.huggingface.co/models/m-1?");
    assertThat(place("llama2", RouteType.CHAT, OLLAMA)).isEqualTo("/api/chat?");
  }

  private static String place(String provider, RouteType type, String options) {
    Ask ask = Said.ask(provider, type, options, false, "{}");
    Driver driver = Said.driver(provider, type, options);
    return driver.base(ask.model()) + driver.path(ask) + "?" + driver.query(ask);
  }

  @Test
  void ollamaIsTranslatedBothWays() {
    Driver driver = Said.driver("llama2", RouteType.CHAT, OLLAMA);
    Ask ask = Said.chat("llama2", OLLAMA, CHAT);
    assertThat(driver.request(ask)).isEqualTo(Said.json("""
        {'model': 'm-1', 'messages': [{'role': 'system', 'content': 'Be brief.'}, {'role': 'user', 'content': 'A'}],
         'options': {'num_predict': 5}, 'stream': false}"""));
    JsonObject answer = driver.answer(Said.json("""
        {'model': 'llama', 'message': {'role': 'assistant', 'content': 'B'}, 'done': true,
         'prompt_eval_count': 3, 'eval_count': 2}"""), ask);
    assertThat(answer.getJsonArray("choices").getJsonObject(0).getJsonObject("message").getString("content"))
        .isEqualTo("B");
    assertThat(answer.getJsonObject("usage")).isEqualTo(new Usage(3, 2).toJson());
    Ask text = Said.ask("llama2", RouteType.COMPLETIONS, OLLAMA, false, "{'prompt': 'A'}");
    assertThat(driver.request(text)).isEqualTo(Said.json("{'model': 'm-1', 'prompt': 'A', 'stream': false}"));
    assertThat(driver.answer(Said.json("{'response': 'B', 'done': true}"), text)
        .getJsonArray("choices").getJsonObject(0).getString("text")).isEqualTo("B");
  }

  @Test
  void linesOfOllamaAreTranslated() {
    String lines = """
        {"model":"llama","message":{"role":"assistant","content":"Hel"},"done":false}
        {"model":"llama","message":{"role":"assistant","content":"lo"},"done":false}
        {"model":"llama","message":{"role":"assistant","content":""},"done":true,"prompt_eval_count":3,"eval_count":2}
        """;
    Ask ask = Said.ask("llama2", RouteType.CHAT, OLLAMA, true, "{'stream_options': {'include_usage': true}}");
    Driver driver = Said.driver("llama2", RouteType.CHAT, OLLAMA);
    Said.Whole whole = Said.whole(Said.stream(driver, ask, Buffer.buffer(lines), 9));
    assertThat(whole.text()).isEqualTo("Hello");
    assertThat(whole.finish()).isEqualTo("stop");
    assertThat(whole.usage()).isEqualTo(new Usage(3, 2).toJson());
    assertThat(whole.done()).isTrue();
  }

  @Test
  void rawTextIsTranslatedBothWays() {
    Driver driver = Said.driver("llama2", RouteType.CHAT, RAW);
    Ask ask = Said.chat("llama2", RAW, CHAT);
    JsonObject sent = driver.request(ask);
    assertThat(sent.getString("inputs")).isEqualTo("<s>[INST] <<SYS>>\nBe brief.\n<</SYS>>\n\nA [/INST]");
    assertThat(sent.getJsonObject("parameters")).isEqualTo(new JsonObject().put("max_new_tokens", 5));
    JsonObject said = new JsonObject().put("generated_text", sent.getString("inputs") + " B");
    for (Object answer : new Object[] {
        said, new JsonArray().add(said), new JsonObject().put("data", new JsonArray().add(said))}) {
      assertThat(driver.answer(answer, ask).getJsonArray("choices").getJsonObject(0)
          .getJsonObject("message").getString("content")).isEqualTo("B");
    }
    assertThatThrownBy(() -> driver.answer(new JsonArray(), ask))
        .hasMessage("'generated_text' not in llm/v1/chat response");
  }

  @Test
  void huggingFaceGeneratesText() {
    String options = "{'huggingface': {'use_cache': false, 'wait_for_model': true}, 'top_k': 2}";
    Driver driver = Said.driver("huggingface", RouteType.COMPLETIONS, options);
    Ask ask = Said.ask("huggingface", RouteType.COMPLETIONS, options, true, "{'prompt': 'A'}");
    assertThat(driver.request(ask)).isEqualTo(
        Said.json("{'inputs': 'A', 'parameters': {'top_k': 2, 'return_full_text': false}, 'stream': true}"));
    assertThat(driver.headers(ask)).containsEntry("x-use-cache", "false").containsEntry("x-wait-for-model", "true");
    String events = """
        data:{"token":{"id":1,"text":"Hel","special":false},"generated_text":null}

        data:{"token":{"id":2,"text":"lo","special":false},"generated_text":null}

        data:{"token":{"id":3,"text":"</s>","special":true},"generated_text":"Hello"}

        """;
    Said.Whole whole = Said.whole(Said.stream(driver, ask, Buffer.buffer(events), 5));
    assertThat(whole.text()).isEqualTo("Hello");
    assertThat(whole.done()).isTrue();
  }

  @Test
  void whatIsInTheWordsOfOpenAiPassesAsItIs() {
    String events = """
        data: {"id":"c","model":"gpt","choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}]}

        data: {"id":"c","model":"gpt","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}

        data: [DONE]

        """;
    Ask ask = Said.ask("openai", RouteType.CHAT, "{}", true, CHAT);
    StreamReader reader = new StreamReader(Said.driver("openai", RouteType.CHAT, "{}"), ask, true, true);
    Buffer out = reader.more(Buffer.buffer(events), false).appendBuffer(reader.more(Buffer.buffer(), true));
    assertThat(out.toString()).isEqualTo(events);
    assertThat(reader.chunks().usage(400)).isEqualTo(new Usage(3, 2));
    assertThat(reader.chunks().model()).isEqualTo("gpt");
  }

  @Test
  void whatNobodyTellsIsEstimated() {
    Ask ask = Said.ask("openai", RouteType.CHAT, "{}", true, CHAT);
    StreamReader reader = new StreamReader(Said.driver("openai", RouteType.CHAT, "{}"), ask, false, true);
    reader.more(Buffer.buffer("data: {\"choices\":[{\"delta\":{\"content\":\"12345\"}}]}\n\n"), true);
    assertThat(reader.chunks().usage(40)).isEqualTo(new Usage(10, 2));
  }

  @Test
  void namesOfModelsLeadNowhereElse() {
    Driver driver = Said.driver("huggingface", RouteType.CHAT, "{}");
    Ask ask = Said.chat("huggingface", "{}", "{}");
    Ask up = new Ask(ask.type(), ask.model().named("../../admin"), false, ask.body());
    assertThatThrownBy(() -> driver.path(up)).isInstanceOf(LlmException.class);
    Ask named = new Ask(ask.type(), ask.model().named("meta/llama 2"), false, ask.body());
    assertThat(driver.path(named)).isEqualTo("/models/meta/llama%202/v1/chat/completions");
  }
}
