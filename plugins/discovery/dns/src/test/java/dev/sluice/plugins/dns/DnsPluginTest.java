package dev.sluice.plugins.dns;

import dev.sluice.api.upstream.TargetResolver;
import dev.sluice.api.upstream.TargetResolver.Address;
import dev.sluice.api.upstream.TargetResolver.Resolution;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The jar over the JDK's real resolver, which in here reads a hosts file of the test's own. */
class DnsPluginTest {

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, String> settings = new HashMap<>();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.255.0.1", "0.0.0.0"})
  void addressesAreAnsweredAtOnceAndForEver(String host) {
    Future<Resolution> answer = resolver().resolve(host, 8080);

    assertThat(answer.isComplete()).isTrue();
    assertThat(answer.result())
        .isEqualTo(new Resolution("A", List.of(new Address(host, 8080, 0)), Duration.ofDays(3650)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "[::1]"})
  void addressesOfVersionSixLoseTheirBrackets(String host) {
    Resolution answer = resolver().resolve(host, 80).result();

    assertThat(answer.recordType()).isEqualTo("AAAA");
    assertThat(answer.addresses()).containsExactly(new Address("::1", 80, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST", "localhost."})
  void localhostIsTheLoopback(String host) {
    assertThat(resolver().resolve(host, 80).result().addresses()).containsExactly(new Address("127.0.0.1", 80, 0));
  }

  @Test
  void namesAreFoundInTheHostsFile() throws Exception {
    Resolution answer = await(resolver().resolve("Seven.Test", 81));

    assertThat(answer)
        .isEqualTo(new Resolution("A", List.of(new Address("127.0.0.7", 81, 0)), Duration.ofSeconds(30)));
    assertThat(await(resolver().resolve("alias.test", 81)).addresses())
        .containsExactly(new Address("127.0.0.8", 81, 0));
  }

  @Test
  void aNameMayHaveSeveralAddresses() throws Exception {
    assertThat(await(resolver().resolve("many.test", 80)).addresses())
        .containsExactly(new Address("127.0.0.8", 80, 0), new Address("127.0.0.9", 80, 0));
  }

  @Test
  void theNodeMaySayHowLongAnswersHold() throws Exception {
    settings.put("dns_valid_ttl", "5");
    assertThat(await(resolver().resolve("seven.test", 80)).ttl()).isEqualTo(Duration.ofSeconds(5));
    settings.put("dns_valid_ttl", "nonsense");
    assertThat(await(resolver().resolve("seven.test", 80)).ttl()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aNameThatDoesNotExistIsANameError() {
    assertThatThrownBy(() -> await(resolver().resolve("nobody.test", 80)))
        .hasRootCauseMessage("dns server error: 3 name error");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", ".", "a b", "seven..test", ".seven.test", "seven.test/", "127.1", "2130706433", "256.1.1.1", "1.2.3.4.5",
    "0x7f.0.0.1", "0x7f000001", "0177.0.0.0x1", "x.invalid", "x.INVALID.", ":::", "seven.test:80", "[seven.test]"
  })
  void whatCannotBeANameIsANameErrorAtOnce(String host) {
    Future<Resolution> answer = resolver().resolve(host, 80);

    assertThat(answer.failed()).isTrue();
    assertThat(answer.cause()).hasMessage("dns server error: 3 name error");
  }

  private TargetResolver resolver() {
    DnsPlugin plugin = new DnsPlugin();
    plugin.start(new BlockingContext(vertx, settings));
    return plugin.resolvers().get(0);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
