package dev.sluice.plugins.aiproxy;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.plugins.ai.llm.Llm;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AiProxyConfigTest {

  private static final String BASE = "{'route_type': 'llm/v1/chat', 'model': {'provider': 'openai', 'name': 'gpt'}}";

  @Test
  void defaultsAreKongs() {
    JsonObject complete = AiProxyConfig.SCHEMA.complete(AiProxyFixture.json(BASE));
    assertThat(complete.getInteger("max_request_body_size")).isEqualTo(8192);
    assertThat(complete.getString("response_streaming")).isEqualTo("allow");
    assertThat(complete.getString("llm_format")).isEqualTo("openai");
    assertThat(complete.getBoolean("model_name_header")).isTrue();
    assertThat(complete.getJsonObject("logging")).isEqualTo(
        new JsonObject().put("log_statistics", false).put("log_payloads", false));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{'provider': 'llama2', 'options': {'upstream_url': 'http://a/'}}|must set 'model.options.llama2_format' for llama2",
    "{'provider': 'llama2', 'options': {'llama2_format': 'raw'}}|must set 'model.options.upstream_url' for self-hosted",
    "{'provider': 'mistral'}|must set 'model.options.mistral_format' for mistral provider",
    "{'provider': 'anthropic'}|must set 'model.options.anthropic_version' for anthropic provider",
    "{'provider': 'azure', 'options': {'azure_deployment_id': 'd'}}|must set 'model.options.azure_instance' for azure",
    "{'provider': 'nobody'}|expected one of: openai, azure",
    "{'provider': 'gemini', 'options': {'gemini': {'project_id': 'p'}}}|all or none of these fields must be set"
  })
  void whatDoesNotGoTogetherIsRefused(String model, String message) {
    JsonObject config = AiProxyFixture.json(BASE)
        .put("model", new JsonObject(model.replaceAll("'([^']*)'", "\"$1\"")));
    assertThatThrownBy(() -> AiProxyConfig.SCHEMA.read(config)).hasMessageContaining(message);
  }

  @Test
  void whatIsNotSupportedIsRefused() {
    refuses("bedrock", "{}", "the provider 'bedrock' is supported with keys alone");
    refuses("gemini", "{'gcp_use_service_account': true}", "gcp_use_service_account is supported with a key alone");
    refuses("gemini", "{'gcp_use_service_account': true, 'gcp_service_account_json': '{}'}", "cannot be read");
    refuses("openai", "{'header_name': 'a.b', 'header_value': 'c'}", "not supported with a dot");
  }

  private static final class Clocked implements PluginContext {
    @Override
    public Clock clock() {
      return Clock.systemUTC();
    }
  }

  private static void refuses(String provider, String auth, String message) {
    AiProxyConfig config = AiProxyConfig.SCHEMA.read(AiProxyFixture.json(BASE)
        .put("auth", AiProxyFixture.json(auth))
        .put("model", new JsonObject().put("provider", provider).put("name", "m")));
    AiProxyFactory factory = new AiProxyFactory(new Llm.Lent(new Clocked(), Map.of()));
    PluginConfig plugin = PluginConfig.decode(
        new JsonObject().put("id", "i").put("name", "ai-proxy").put("config", new JsonObject()).put("enabled", true));
    assertThatThrownBy(() -> factory.create(config, plugin)).hasMessageContaining(message);
  }
}
