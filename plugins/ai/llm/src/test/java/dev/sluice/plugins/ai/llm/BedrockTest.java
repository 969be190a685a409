package dev.sluice.plugins.ai.llm;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BedrockTest {

  private static final Driver DRIVER = Said.driver("bedrock", RouteType.CHAT, "{}");

  @Test
  void chatsAreTranslated() {
    Ask ask = Said.chat("bedrock", "{'max_tokens': 9, 'top_k': 4}", """
        {'messages': [{'role': 'system', 'content': 'Be brief.'}, {'role': 'user', 'content': 'A'},
          {'role': 'assistant', 'content': 'B'}, {'role': 'user', 'content': 'C'}], 'temperature': 0.2}""");
    assertThat(DRIVER.base(ask.model()) + DRIVER.path(ask))
        .isEqualTo("https://bedrock-runtime.eu-west-1.amazonaws.com/model/m-1/converse");
    assertThat(DRIVER.path(new Ask(RouteType.CHAT, ask.model().named("a.b-v1:0"), true, ask.body())))
        .isEqualTo("/model/a.b-v1%3A0/converse-stream");
    assertThat(DRIVER.request(ask)).isEqualTo(Said.json("""
        {'messages': [{'role': 'user', 'content': [{'text': 'A'}]}, {'role': 'assistant', 'content': [{'text': 'B'}]},
          {'role': 'user', 'content': [{'text': 'C'}]}], 'system': [{'text': 'Be brief.'}],
         'inferenceConfig': {'maxTokens': 9, 'temperature': 0.2},
         'additionalModelRequestFields': {'top_k': 4}}"""));
  }

  @Test
  void functionsAreTranslatedBothWays() {
    Ask ask = Said.chat("bedrock", "{}", """
        {'messages': [{'role': 'user', 'content': 'A'}],
         'tools': [{'type': 'function', 'function': {'name': 'f'}}], 'tool_choice': 'auto'}""");
    assertThat(DRIVER.request(ask).getJsonObject("toolConfig")).isEqualTo(Said.json("""
        {'tools': [{'toolSpec': {'name': 'f', 'inputSchema': {'json': {'type': 'object'}}}}],
         'toolChoice': {'auto': {}}}"""));
    JsonObject answer = DRIVER.answer(Said.json("""
        {'output': {'message': {'role': 'assistant', 'content': [{'text': 'T'},
          {'toolUse': {'toolUseId': 'c1', 'name': 'f', 'input': {'a': 1}}}]}}, 'stopReason': 'tool_use',
         'usage': {'inputTokens': 3, 'outputTokens': 2, 'totalTokens': 5}}"""), ask);
    JsonObject choice = answer.getJsonArray("choices").getJsonObject(0);
    assertThat(choice.getJsonObject("message").getString("content")).isEqualTo("T");
    assertThat(choice.getJsonObject("message").getJsonArray("tool_calls").getJsonObject(0).getString("id"))
        .isEqualTo("c1");
    assertThat(choice.getString("finish_reason")).isEqualTo("tool_calls");
    assertThat(answer.getJsonObject("usage")).isEqualTo(new Usage(3, 2).toJson());
  }

  /** A message as AWS frames it. */
  static Buffer frame(String type, String payload) {
    Buffer headers = header(":event-type", type)
        .appendBuffer(header(":content-type", "application/json"))
        .appendBuffer(header(":message-type", "event"));
    Buffer body = Buffer.buffer(payload);
    int length = 12 + headers.length() + body.length() + 4;
    Buffer frame = Buffer.buffer().appendInt(length).appendInt(headers.length());
    frame.appendInt((int) sum(frame)).appendBuffer(headers).appendBuffer(body);
    return frame.appendInt((int) sum(frame));
  }

  private static Buffer header(String name, String value) {
    return Buffer.buffer()
        .appendByte((byte) name.length())
        .appendString(name)
        .appendByte((byte) 7)
        .appendShort((short) value.length())
        .appendString(value);
  }

  private static long sum(Buffer bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes.getBytes());
    return sum.getValue();
  }

  @Test
  void streamsAreTranslated() {
    Buffer bytes = frame("messageStart", "{\"role\":\"assistant\"}")
        .appendBuffer(frame("contentBlockDelta", "{\"delta\":{\"text\":\"Hel\"},\"contentBlockIndex\":0}"))
        .appendBuffer(frame("contentBlockDelta", "{\"delta\":{\"text\":\"lo\"},\"contentBlockIndex\":0}"))
        .appendBuffer(frame("contentBlockStop", "{\"contentBlockIndex\":0}"))
        .appendBuffer(frame("messageStop", "{\"stopReason\":\"end_turn\"}"))
        .appendBuffer(frame("metadata", "{\"usage\":{\"inputTokens\":3,\"outputTokens\":2}}"));
    Ask ask = Said.ask("bedrock", RouteType.CHAT, "{}", true, "{'stream_options': {'include_usage': true}}");
    for (int piece : new int[] {1, 50, 10_000}) {
      Said.Whole whole = Said.whole(Said.stream(DRIVER, ask, bytes, piece));
      assertThat(whole.text()).isEqualTo("Hello");
      assertThat(whole.finish()).isEqualTo("stop");
      assertThat(whole.usage()).isEqualTo(new Usage(3, 2).toJson());
      assertThat(whole.done()).isTrue();
    }
  }

  @Test
  void whatIsNoEventStreamEndsTheAnswer() {
    Ask ask = Said.ask("bedrock", RouteType.CHAT, "{}", true, "{}");
    List<String> events = Said.stream(DRIVER, ask, Buffer.buffer("{\"this\": \"is no event stream\"}"), 100);
    assertThat(events).hasSize(2);
    assertThat(events.get(0)).contains("does not send an event stream");
    assertThat(events.get(1)).isEqualTo("[DONE]");
  }
}
