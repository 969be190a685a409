package dev.sluice.plugins.ai.llm;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AnthropicTest {

  private static final Driver DRIVER = new Anthropic();

  @Test
  void chatsAreTranslated() {
    Ask ask = Said.chat("anthropic", "{'max_tokens': 99, 'anthropic_version': '2023-06-01'}", """
        {'messages': [
          {'role': 'system', 'content': 'Be brief.'},
          {'role': 'user', 'content': [
            {'type': 'text', 'text': 'What is this?'},
            {'type': 'image_url', 'image_url': {'url': 'data:image/png;base64,QUJD'}}]}],
         'temperature': 0.5, 'top_p': 0.9, 'stop': 'END', 'max_tokens': 5}""");
    assertThat(DRIVER.path(ask)).isEqualTo("/v1/messages");
    assertThat(DRIVER.headers(ask)).containsEntry("anthropic-version", "2023-06-01");
    assertThat(DRIVER.request(ask)).isEqualTo(Said.json("""
        {'model': 'm-1', 'system': 'Be brief.', 'messages': [{'role': 'user', 'content': [
          {'type': 'text', 'text': 'What is this?'},
          {'type': 'image', 'source': {'type': 'base64', 'media_type': 'image/png', 'data': 'QUJD'}}]}],
         'max_tokens': 99, 'temperature': 0.5, 'top_p': 0.9, 'stop_sequences': ['END']}"""));
  }

  @Test
  void functionsAreTranslatedBothWays() {
    Ask ask = Said.chat("anthropic", "{}", """
        {'messages': [
          {'role': 'user', 'content': 'Weather?'},
          {'role': 'assistant', 'content': null, 'tool_calls': [
            {'id': 'c1', 'type': 'function', 'function': {'name': 'weather', 'arguments': '{}'}}]},
          {'role': 'tool', 'tool_call_id': 'c1', 'content': 'sunny'}],
         'tools': [{'type': 'function', 'function': {'name': 'weather', 'description': 'd',
           'parameters': {'type': 'object'}}}],
         'tool_choice': 'required'}""");
    assertThat(DRIVER.request(ask)).isEqualTo(Said.json("""
        {'model': 'm-1', 'max_tokens': 4096, 'messages': [
          {'role': 'user', 'content': [{'type': 'text', 'text': 'Weather?'}]},
          {'role': 'assistant', 'content': [{'type': 'tool_use', 'id': 'c1', 'name': 'weather', 'input': {}}]},
          {'role': 'user', 'content': [{'type': 'tool_result', 'tool_use_id': 'c1', 'content': 'sunny'}]}],
         'tools': [{'name': 'weather', 'description': 'd', 'input_schema': {'type': 'object'}}],
         'tool_choice': {'type': 'any'}}"""));
    JsonObject answer = DRIVER.answer(Said.json("""
        {'id': 'msg_1', 'model': 'claude', 'stop_reason': 'tool_use',
         'content': [{'type': 'tool_use', 'id': 'c2', 'name': 'weather', 'input': {'city': 'Rome'}}],
         'usage': {'input_tokens': 7, 'output_tokens': 3}}"""), ask);
    JsonObject choice = answer.getJsonArray("choices").getJsonObject(0);
    assertThat(choice.getString("finish_reason")).isEqualTo("tool_calls");
    assertThat(choice.getJsonObject("message").getJsonArray("tool_calls").getJsonObject(0))
        .isEqualTo(new JsonObject()
            .put("id", "c2")
            .put("type", "function")
            .put("function", new JsonObject().put("name", "weather").put("arguments", "{\"city\":\"Rome\"}")));
  }

  @Test
  void answersAreTranslated() {
    Ask ask = Said.chat("anthropic", "{}", "{'messages': [{'role': 'user', 'content': 'Hi'}]}");
    JsonObject answer = DRIVER.answer(Said.json("""
        {'id': 'msg_1', 'type': 'message', 'role': 'assistant', 'model': 'claude', 'stop_reason': 'max_tokens',
         'content': [{'type': 'text', 'text': 'Hello '}, {'type': 'text', 'text': 'there'}],
         'usage': {'input_tokens': 7, 'output_tokens': 3}}"""), ask);
    answer.remove("created");
    assertThat(answer).isEqualTo(Said.json("""
        {'id': 'msg_1', 'object': 'chat.completion', 'model': 'claude', 'choices': [{'index': 0,
          'message': {'role': 'assistant', 'content': 'Hello there'}, 'logprobs': null, 'finish_reason': 'length'}],
         'usage': {'prompt_tokens': 7, 'completion_tokens': 3, 'total_tokens': 10}}"""));
    assertThatThrownBy(() -> DRIVER.answer(new JsonObject(), ask))
        .hasMessage("'content' not in anthropic://llm/v1/chat response");
  }

  @Test
  void completionsAreTranslated() {
    Ask ask = Said.ask("anthropic", RouteType.COMPLETIONS, "{}", false, "{'prompt': 'Sky?', 'max_tokens': 9}");
    assertThat(DRIVER.path(ask)).isEqualTo("/v1/complete");
    assertThat(DRIVER.request(ask)).isEqualTo(new JsonObject()
        .put("model", "m-1")
        .put("prompt", "\n\nHuman: Sky?\n\nAssistant:")
        .put("max_tokens_to_sample", 9));
    JsonObject answer = DRIVER.answer(Said.json("{'completion': ' Blue', 'stop_reason': 'stop_sequence'}"), ask);
    assertThat(answer.getJsonArray("choices").getJsonObject(0).getString("text")).isEqualTo("Blue");
    assertThat(answer.getString("object")).isEqualTo("text_completion");
  }

  @Test
  void streamsAreTranslated() {
    Buffer bytes = Buffer.buffer("""
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_1","model":"claude","usage":{"input_tokens":5}}}

        event: ping
        data: {"type": "ping"}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Gr\u00fc\u00df"}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" Gott"}}

        event: content_block_start
        data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"c1","name":"f","input":{}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}"}}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":4}}

        event: message_stop
        data: {"type":"message_stop"}

        """);
    Ask ask = Said.ask("anthropic", RouteType.CHAT, "{}", true,
        "{'messages': [{'role': 'user', 'content': 'Hi'}], 'stream_options': {'include_usage': true}}");
    for (int piece : new int[] {1, 7, 10_000}) {
      Said.Whole whole = Said.whole(Said.stream(DRIVER, ask, bytes, piece));
      assertThat(whole.text()).isEqualTo("Gr\u00fc\u00df Gott");
      assertThat(whole.finish()).isEqualTo("tool_calls");
      assertThat(whole.usage()).isEqualTo(new Usage(5, 4).toJson());
      assertThat(whole.calls()).hasSize(2);
      assertThat(whole.done()).isTrue();
    }
  }

  @Test
  void whatCannotBeSaidIsRefused() {
    Ask audio = Said.chat("anthropic", "{}",
        "{'messages': [{'role': 'user', 'content': [{'type': 'input_audio', 'input_audio': {}}]}]}");
    assertThatThrownBy(() -> DRIVER.request(audio)).isInstanceOf(LlmException.class)
        .hasMessage("a part of type input_audio cannot be translated");
  }
}
