package dev.sluice.plugins.ai.llm;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CohereTest {

  private static final Driver DRIVER = new Cohere();

  @Test
  void chatsAreTranslatedBothWays() {
    Ask ask = Said.chat("cohere", "{'top_k': 3}", """
        {'messages': [{'role': 'system', 'content': 'Be brief.'}, {'role': 'user', 'content': 'A'},
          {'role': 'assistant', 'content': 'B'}, {'role': 'user', 'content': 'C'}], 'top_p': 0.1}""");
    assertThat(DRIVER.path(ask)).isEqualTo("/v1/chat");
    assertThat(DRIVER.request(ask)).isEqualTo(Said.json("""
        {'model': 'm-1', 'preamble': 'Be brief.', 'chat_history': [{'role': 'USER', 'message': 'A'},
          {'role': 'CHATBOT', 'message': 'B'}], 'message': 'C', 'p': 0.1, 'k': 3, 'stream': false}"""));
    JsonObject answer = DRIVER.answer(Said.json("""
        {'text': 'D', 'generation_id': 'g', 'finish_reason': 'MAX_TOKENS',
         'meta': {'billed_units': {'input_tokens': 4, 'output_tokens': 1}}}"""), ask);
    assertThat(answer.getJsonObject("usage").getLong("total_tokens")).isEqualTo(5);
    assertThat(answer.getString("id")).isEqualTo("g");
    JsonObject choice = answer.getJsonArray("choices").getJsonObject(0);
    assertThat(choice.getJsonObject("message").getString("content")).isEqualTo("D");
    assertThat(choice.getString("finish_reason")).isEqualTo("length");
  }

  @Test
  void completionsAreTranslatedBothWays() {
    Ask ask = Said.ask("cohere", RouteType.COMPLETIONS, "{}", false, "{'prompt': 'A', 'max_tokens': 3}");
    assertThat(DRIVER.path(ask)).isEqualTo("/v1/generate");
    assertThat(DRIVER.request(ask)).isEqualTo(
        Said.json("{'model': 'm-1', 'prompt': 'A', 'max_tokens': 3, 'stream': false}"));
    JsonObject answer = DRIVER.answer(
        Said.json("{'id': 'g', 'generations': [{'text': 'B', 'finish_reason': 'COMPLETE'}]}"), ask);
    assertThat(answer.getJsonArray("choices").getJsonObject(0).getString("text")).isEqualTo("B");
  }

  @Test
  void streamsAreTranslated() {
    String lines = """
        {"is_finished":false,"event_type":"stream-start","generation_id":"g"}
        {"is_finished":false,"event_type":"text-generation","text":"Hel"}
        {"is_finished":false,"event_type":"text-generation","text":"lo"}
        {"is_finished":true,"event_type":"stream-end","finish_reason":"COMPLETE","response":{"text":"Hello",\
        "meta":{"billed_units":{"input_tokens":2,"output_tokens":1}}}}
        """;
    Ask ask = Said.ask("cohere", RouteType.CHAT, "{}", true, "{'stream_options': {'include_usage': true}}");
    Said.Whole whole = Said.whole(Said.stream(DRIVER, ask, Buffer.buffer(lines), 11));
    assertThat(whole.text()).isEqualTo("Hello");
    assertThat(whole.finish()).isEqualTo("stop");
    assertThat(whole.usage()).isEqualTo(new Usage(2, 1).toJson());
    assertThat(whole.done()).isTrue();
  }

  @Test
  void whatCannotBeSaidIsRefused() {
    Ask tools = Said.chat("cohere", "{}",
        "{'messages': [{'role': 'user', 'content': 'A'}], 'tools': [{'function': {'name': 'f'}}]}");
    assertThatThrownBy(() -> DRIVER.request(tools)).hasMessage("tools are not supported for the cohere provider");
    Ask last = Said.chat("cohere", "{}", "{'messages': [{'role': 'assistant', 'content': 'A'}]}");
    assertThatThrownBy(() -> DRIVER.request(last)).isInstanceOf(LlmException.class);
  }
}
