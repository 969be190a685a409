package dev.sluice.plugins.ai.llm;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GeminiTest {

  private static final Driver DRIVER = new Gemini();

  @Test
  void chatsAreTranslated() {
    Ask ask = Said.chat("gemini", "{'max_tokens': 9}", """
        {'messages': [{'role': 'system', 'content': 'Be brief.'}, {'role': 'user', 'content': 'A'},
          {'role': 'assistant', 'content': null, 'tool_calls': [
            {'id': 'c1', 'type': 'function', 'function': {'name': 'f', 'arguments': '{}'}}]},
          {'role': 'tool', 'tool_call_id': 'c1', 'content': 'B'}],
         'tools': [{'type': 'function', 'function': {'name': 'f'}}],
         'tool_choice': {'type': 'function', 'function': {'name': 'f'}}}""");
    assertThat(DRIVER.request(ask)).isEqualTo(Said.json("""
        {'systemInstruction': {'parts': [{'text': 'Be brief.'}]},
         'contents': [{'role': 'user', 'parts': [{'text': 'A'}]},
           {'role': 'model', 'parts': [{'functionCall': {'name': 'f', 'args': {}}}]},
           {'role': 'user', 'parts': [{'functionResponse': {'name': 'f', 'response': {'content': 'B'}}}]}],
         'generationConfig': {'maxOutputTokens': 9},
         'tools': [{'functionDeclarations': [{'name': 'f', 'parameters': {'type': 'object'}}]}],
         'toolConfig': {'functionCallingConfig': {'mode': 'ANY', 'allowedFunctionNames': ['f']}}}"""));
  }

  @Test
  void placesAreThoseOfGoogle() {
    Ask ask = Said.chat("gemini", "{}", "{}");
    assertThat(DRIVER.base(ask.model()) + DRIVER.path(ask))
        .isEqualTo("https://generativelanguage.googleapis.com/v1beta/models/m-1:generateContent");
    Ask stream = Said.ask("gemini", RouteType.CHAT, "{}", true, "{}");
    assertThat(DRIVER.path(stream) + "?" + DRIVER.query(stream))
        .isEqualTo("/v1beta/models/m-1:streamGenerateContent?alt=sse");
    Ask vertex = Said.chat("gemini",
        "{'gemini': {'api_endpoint': 'eu.example.com', 'project_id': 'p', 'location_id': 'l'}}", "{}");
    assertThat(DRIVER.base(vertex.model()) + DRIVER.path(vertex)).isEqualTo(
        "https://eu.example.com/v1/projects/p/locations/l/publishers/google/models/m-1:generateContent");
    assertThatThrownBy(() -> DRIVER.request(Said.ask("gemini", RouteType.COMPLETIONS, "{}", false, "{}")))
        .hasMessage("operation llm/v1/completions is not supported for gemini provider");
  }

  @Test
  void answersAreTranslated() {
    Ask ask = Said.chat("gemini", "{}", "{}");
    JsonObject answer = DRIVER.answer(Said.json("""
        {'candidates': [{'content': {'role': 'model', 'parts': [{'text': 'A'}, {'text': 'B'}]},
          'finishReason': 'STOP'}], 'modelVersion': 'g-1',
         'usageMetadata': {'promptTokenCount': 3, 'candidatesTokenCount': 2, 'totalTokenCount': 5}}"""), ask);
    JsonObject choice = answer.getJsonArray("choices").getJsonObject(0);
    assertThat(choice.getJsonObject("message").getString("content")).isEqualTo("AB");
    assertThat(choice.getString("finish_reason")).isEqualTo("stop");
    assertThat(answer.getJsonObject("usage")).isEqualTo(new Usage(3, 2).toJson());
    assertThat(answer.getString("model")).isEqualTo("g-1");
    assertThatThrownBy(() -> DRIVER.answer(new JsonObject(), ask))
        .hasMessage("'candidates' not in gemini://llm/v1/chat response");
  }

  @Test
  void anErrorInAStreamIsTold() {
    Ask ask = Said.ask("gemini", RouteType.CHAT, "{}", true, "{}");
    assertThat(Said.stream(DRIVER, ask, Buffer.buffer("data: {\"error\":{\"message\":\"too busy\"}}\n\n"), 50))
        .containsExactly("{\"error\":{\"message\":\"too busy\"}}", "[DONE]");
  }

  @Test
  void streamsAreTranslated() {
    String events = """
        data: {"candidates":[{"content":{"parts":[{"text":"Hel"}],"role":"model"}}],"modelVersion":"g-1"}

        data: {"candidates":[{"content":{"parts":[{"text":"lo"}],"role":"model"},"finishReason":"MAX_TOKENS"}],\
        "usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":2}}

        """;
    Ask ask = Said.ask("gemini", RouteType.CHAT, "{}", true, "{'stream_options': {'include_usage': true}}");
    Said.Whole whole = Said.whole(Said.stream(DRIVER, ask, Buffer.buffer(events.replace("\n", "\r\n")), 13));
    assertThat(whole.text()).isEqualTo("Hello");
    assertThat(whole.finish()).isEqualTo("length");
    assertThat(whole.usage()).isEqualTo(new Usage(3, 2).toJson());
    assertThat(whole.done()).isTrue();
  }
}
