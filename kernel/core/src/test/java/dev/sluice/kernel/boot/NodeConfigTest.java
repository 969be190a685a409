package dev.sluice.kernel.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NodeConfigTest {

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("sluice.conf"), text);
  }

  @Test
  void laterSourcesWinKeyByKey() throws IOException {
    Path file = file("log_level = warn\nrouter_flavor = traditional\nplugins = a\nheaders = off\n");
    NodeConfig config =
        NodeConfig.load(
            Optional.of(file),
            Map.of("KONG_ROUTER_FLAVOR", "expressions", "KONG_PLUGINS", "b", "SLUICE_PLUGINS", "c"),
            Map.of("headers", "via"));
    assertThat(config.string("log_level")).isEqualTo("warn");
    assertThat(config.string("router_flavor")).isEqualTo("expressions");
    assertThat(config.string("plugins")).isEqualTo("c");
    assertThat(config.string("headers")).isEqualTo("via");
    assertThat(config.string("error_default_type")).isEqualTo("text/plain");
  }

  @Test
  void readsKongsFileFormat() throws IOException {
    Path file = file("# all of it\n\n  plugins =  one , two  # three\nsqlite_path = /x\\#y\nprefix = \"/tmp/a b\"\n");
    NodeConfig config = NodeConfig.load(Optional.of(file), Map.of(), Map.of());
    assertThat(config.list("plugins")).containsExactly("one", "two");
    assertThat(config.string("sqlite_path")).isEqualTo("/x#y");
    assertThat(config.prefix()).isEqualTo(Path.of("/tmp/a b"));
  }

  @Test
  void anEmptyValueUnsetsADefault() throws IOException {
    NodeConfig config = NodeConfig.load(Optional.of(file("drain_timeout =\n")), Map.of(), Map.of());
    assertThat(config.text("drain_timeout")).isEmpty();
  }

  @Test
  void namesWhatItDoesNotKnow() throws IOException {
    Path file = file("proxy_lisen = 1\nnginx_proxy_proxy_buffers = 4 8k\n");
    NodeConfig config = NodeConfig.load(Optional.of(file), Map.of("SLUICE_NONSENSE", "1"), Map.of());
    assertThat(config.warnings())
        .containsExactly(
            "unknown setting 'proxy_lisen' in " + file + " is ignored",
            "unknown setting 'nonsense' in the environment is ignored");
  }

  @Test
  void refusesValuesOfTheWrongKind() {
    assertThatThrownBy(() -> NodeConfig.load(Optional.empty(), Map.of("KONG_LOG_LEVEL", "loud"), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "log_level has an invalid value: 'loud' (debug, info, notice, warn, error, crit, alert, emerg)");
    assertThatThrownBy(() -> NodeConfig.load(Optional.empty(), Map.of("KONG_PG_PORT", "x"), Map.of()))
        .hasMessage("pg_port is not a number: 'x'");
    assertThatThrownBy(() -> NodeConfig.load(Optional.of(folder.resolve("none")), Map.of(), Map.of()))
        .hasMessage("no file at: " + folder.resolve("none"));
  }

  @Test
  void parsesListeners() {
    NodeConfig config =
        NodeConfig.load(
            Optional.empty(),
            Map.of(),
            Map.of("proxy_listen", "0.0.0.0:80 reuseport backlog=9, [::1]:443 http2 ssl", "admin_listen", "off"));
    List<Listen> listens = Listen.parse(config, "proxy_listen");
    assertThat(listens).hasSize(2);
    assertThat(listens.get(0).backlog()).isEqualTo(9);
    assertThat(listens.get(0).ssl()).isFalse();
    assertThat(listens.get(1).host()).isEqualTo("::1");
    assertThat(listens.get(1).ssl()).isTrue();
    assertThat(listens.get(1).written()).isEqualTo("[::1]:443 http2 ssl");
    assertThat(Listen.parse(config, "admin_listen")).isEmpty();
  }

  @Test
  void refusesAListenerInKongsWords() {
    NodeConfig config = NodeConfig.load(Optional.empty(), Map.of(), Map.of("proxy_listen", "8000"));
    assertThatThrownBy(() -> Listen.parse(config, "proxy_listen"))
        .hasMessageStartingWith("proxy_listen must be of form: [off] | <ip>:<port> [ssl]");
  }

  @Test
  void secretsAreFollowedAndNotShown() {
    Map<String, String> environment =
        Map.of(
            "SLUICE_PG_PASSWORD", "{vault://env/my-secret/pg}", "MY_SECRET", "{\"pg\":\"pass\"}",
            "SLUICE_PG_USER", "{vault://env/plain}", "PLAIN", "kong");
    NodeConfig config = NodeConfig.load(Optional.empty(), environment, Map.of());
    assertThat(config.text("pg_password")).contains("pass");
    assertThat(config.text("pg_user")).contains("kong");
    assertThat(config.all())
        .containsEntry("pg_password", "{vault://env/my-secret/pg}")
        .containsEntry("pg_user", "{vault://env/plain}");
  }

  @Test
  void aVaultThatIsNotLetInIsNotAsked() {
    Map<String, String> environment = Map.of("PLAIN", "kong");
    for (String vaults : List.of("off", "aws", "")) {
      assertThatThrownBy(
              () ->
                  NodeConfig.load(
                      Optional.empty(), environment, Map.of("pg_user", "{vault://env/plain}", "vaults", vaults)))
          .as(vaults)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("vaults");
    }
    NodeConfig named =
        NodeConfig.load(
            Optional.empty(), environment, Map.of("pg_user", "{vault://env/plain}", "vaults", "aws, env"));
    assertThat(named.text("pg_user")).contains("kong");
  }

  @Test
  void aSecretThatIsNotThereIsAnError() {
    for (String reference : List.of("{vault://env/absent}", "{vault://aws/x}", "{vault://env/other/key}")) {
      assertThatThrownBy(
              () ->
                  NodeConfig.load(
                      Optional.empty(), Map.of("OTHER", "no-json"), Map.of("pg_password", reference)))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("failed to dereference '" + reference + "' for pg_password: ")
          .hasMessageNotContaining("no-json");
    }
  }
}
