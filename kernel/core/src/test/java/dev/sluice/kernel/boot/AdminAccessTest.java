package dev.sluice.kernel.boot;

import dev.sluice.kernel.listener.AdminToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The token of the Admin API: when it is demanded, where it comes from (cases AD-01 and AD-02). */
class AdminAccessTest {

  @TempDir private Path folder;

  private final List<String> told = new ArrayList<>();

  private NodeConfig config(String... settings) {
    Map<String, String> given = new HashMap<>(Map.of("prefix", folder.toString()));
    for (int i = 0; i < settings.length; i += 2) {
      given.put(settings[i], settings[i + 1]);
    }
    return NodeConfig.load(Optional.of(conf()), Map.of(), given);
  }

  private Path conf() {
    try {
      return Files.writeString(folder.resolve("empty.conf"), "");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path file() {
    return folder.resolve(AdminAccess.FILE);
  }

  @Test
  void noOtherMachineReachesTheAdminApiUnlessItIsToldSo() {
    assertThat(Listen.parse(config(), "admin_listen"))
        .isNotEmpty()
        .allMatch(listen -> AdminAccess.loopback(listen.host()));
    AdminAccess.gate(config(), "box", told::add);
    assertThat(told).isEmpty();
    assertThat(file()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0:8001, auto, true",
    "[::]:8001, auto, true",
    "127.0.0.1:8001, auto, false",
    "[::1]:8001, auto, false",
    "127.0.0.1:8001, on, true",
    "0.0.0.0:8001, off, false",
    "off, auto, false"
  })
  void aTokenIsMadeWhereOthersReachIt(String listen, String auth, boolean made) {
    AdminAccess.gate(config("admin_listen", listen, "admin_auth", auth), "box", told::add);
    assertThat(told).hasSize(made ? 1 : 0);
    assertThat(Files.exists(file())).isEqualTo(made);
  }

  @Test
  void isShownOnceAndKeptAsAHash() throws IOException {
    NodeConfig config = config("admin_listen", "0.0.0.0:8001");
    AdminAccess.gate(config, "box", told::add);
    AdminAccess.gate(config, "box", told::add);
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).hasSizeGreaterThan(40);
    assertThat(Files.readString(file())).doesNotContain(told.get(0)).startsWith("sha256 ");
    assertThat(Files.getPosixFilePermissions(file())).hasSize(2);
    assertThat(AdminToken.read(Files.readString(file()))).isPresent();
  }

  @Test
  void aTokenThatIsSetIsNotWrittenDown() {
    AdminAccess.gate(config("admin_listen", "0.0.0.0:8001", "admin_token", "s3cret"), "box", told::add);
    assertThat(told).isEmpty();
    assertThat(file()).doesNotExist();
    assertThat(new Node(config("admin_token", "s3cret"), () -> null).configuration().encode()).doesNotContain("s3cret");
  }

  @Test
  void aFileThatCannotBeReadOpensNothing() throws IOException {
    Files.writeString(file(), "garbage");
    assertThatThrownBy(() -> AdminAccess.gate(config("admin_auth", "on"), "box", told::add))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(AdminAccess.FILE);
    assertThat(Files.readString(file())).isEqualTo("garbage");
  }
}
