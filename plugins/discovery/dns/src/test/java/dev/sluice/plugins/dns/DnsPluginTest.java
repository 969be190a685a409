package dev.sluice.plugins.dns;

import dev.sluice.api.upstream.TargetResolver;
import dev.sluice.api.upstream.TargetResolver.Address;
import dev.sluice.api.upstream.TargetResolver.Resolution;
import dev.sluice.api.upstream.UnresolvedException;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.fake.FakePluginContext;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The jar over a real name server and a hosts file of the test's own. */
class DnsPluginTest {

  @TempDir private Path folder;

  private final DnsServer server = DnsServer.start();
  private final DnsServer second = DnsServer.start();
  private FakePluginContext context;
  private TargetResolver made;

  @BeforeEach
  void configure() throws IOException {
    Files.writeString(
        folder.resolve("hosts"),
        "127.0.0.7 seven.test\n127.0.0.9 many.test\n127.0.0.8 many.test alias.test # two\n::7 six.test\n");
    context = new FakePluginContext(folder);
    context.set("dns_resolver", server.address()).set("dns_hostsfile", folder.resolve("hosts").toString());
  }

  @AfterEach
  void close() {
    context.close();
    server.close();
    second.close();
  }

  private TargetResolver resolver() {
    if (made == null) {
      DnsPlugin plugin = new DnsPlugin();
      plugin.start(context);
      made = plugin.resolvers().get(0);
    }
    return made;
  }

  private Resolution resolve(String host) {
    return Await.result(resolver().resolve(host, 80));
  }

  private List<String> ips(String host) {
    return resolve(host).addresses().stream().map(Address::ip).toList();
  }

  private UnresolvedException failure(String host) {
    List<Throwable> causes = new ArrayList<>();
    Await.result(resolver().resolve(host, 80).onFailure(causes::add).otherwiseEmpty());
    assertThat(causes).hasSize(1);
    return (UnresolvedException) causes.get(0);
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
  void namesOfTheHostsFileAreNotAskedFor() {
    assertThat(resolve("Seven.Test").addresses()).containsExactly(new Address("127.0.0.7", 80, 0));
    assertThat(ips("alias.test")).containsExactly("127.0.0.8");
    assertThat(ips("many.test")).containsExactly("127.0.0.8", "127.0.0.9");
    assertThat(resolve("six.test").recordType()).isEqualTo("AAAA");
    assertThat(server.questions("seven.test")).isEmpty();
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

  @Test
  void anAnswerHoldsAsLongAsItsRecordsSay() {
    server.a("moving.test", 20, "127.0.0.2", "127.0.0.3");
    Resolution answer = resolve("moving.test");
    assertThat(answer.recordType()).isEqualTo("A");
    assertThat(answer.addresses()).containsExactly(new Address("127.0.0.2", 80, 0), new Address("127.0.0.3", 80, 0));
    assertThat(answer.ttl()).isEqualTo(Duration.ofSeconds(20));
    assertThat(answer.stale()).isEqualTo(Duration.ofHours(1));

    server.a("moving.test", 20, "127.0.0.4");
    context.clock().advance(Duration.ofSeconds(19));
    assertThat(ips("moving.test")).containsExactly("127.0.0.2", "127.0.0.3");
    assertThat(resolve("moving.test").ttl()).isEqualTo(Duration.ofSeconds(1));
    context.clock().advance(Duration.ofSeconds(1));
    assertThat(ips("moving.test")).containsExactly("127.0.0.4");
  }

  @Test
  void theKindThatHadAnAnswerIsAskedForFirstTheNextTime() {
    server.a("plain.test", 1, "127.0.0.2");
    resolve("plain.test");
    context.clock().advance(Duration.ofSeconds(2));
    resolve("plain.test");
    assertThat(server.questions("plain.test")).containsExactly("SRV over udp", "A over udp", "A over udp");
  }

  @Test
  void theSettingsSayHowLongAnswersHold() {
    context.set("dns_valid_ttl", "5").set("dns_stale_ttl", "7").set("dns_not_found_ttl", "3").set("dns_error_ttl", "2");
    server.a("long.test", 3600, "127.0.0.2").code("broken.test", DnsServer.SERVER_FAILURE);
    assertThat(resolve("long.test").ttl()).isEqualTo(Duration.ofSeconds(5));
    assertThat(resolve("long.test").stale()).isEqualTo(Duration.ofSeconds(7));
    assertThat(failure("nobody.test").ttl()).isEqualTo(Duration.ofSeconds(3));
    assertThat(failure("broken.test").ttl()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aNameThatDoesNotExistIsAskedForAgainAfterItsTime() {
    UnresolvedException nobody = failure("late.test");
    assertThat(nobody).hasMessage("dns server error: 3 name error");
    assertThat(nobody.absent()).isTrue();
    assertThat(nobody.ttl()).isEqualTo(Duration.ofSeconds(30));

    server.a("late.test", 10, "127.0.0.2");
    context.clock().advance(Duration.ofSeconds(29));
    assertThat(failure("late.test").absent()).isTrue();
    context.clock().advance(Duration.ofSeconds(1));
    assertThat(ips("late.test")).containsExactly("127.0.0.2");
  }

  @Test
  void aNameWithoutAddressesIsEmpty() {
    server.aaaa("six-only.test", 10, "::2");
    UnresolvedException empty = failure("six-only.test");
    assertThat(empty).hasMessage("dns client error: 101 empty record received");
    assertThat(empty.absent()).isTrue();
  }

  @Test
  void addressesOfVersionSixAreAskedForWhereTheOrderSaysSo() {
    context.set("dns_order", "AAAA,A");
    server.aaaa("six-only.test", 10, "::2");
    assertThat(resolve("six-only.test").recordType()).isEqualTo("AAAA");
    assertThat(ips("six-only.test")).containsExactly("::2");
  }

  @Test
  void aFailureOfTheServerSaysNothingOfTheName() {
    server.code("broken.test", DnsServer.SERVER_FAILURE);
    UnresolvedException broken = failure("broken.test");
    assertThat(broken).hasMessage("dns server error: 2 server failure");
    assertThat(broken.absent()).isFalse();
    assertThat(broken.ttl()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void theNextServerIsAskedWhereOneDoesNotKnow() {
    context.set("dns_resolver", server.address() + "," + second.address());
    server.code("halfway.test", DnsServer.SERVER_FAILURE);
    second.a("halfway.test", 10, "127.0.0.2");
    assertThat(ips("halfway.test")).containsExactly("127.0.0.2");
  }

  @Test
  void theNextServerIsAskedWhereOneIsSilent() {
    context.set("dns_resolver", server.address() + "," + second.address()).set("dns_order", "A");
    server.silent(true);
    second.a("waiting.test", 10, "127.0.0.2");
    assertThat(ips("waiting.test")).containsExactly("127.0.0.2");
    assertThat(server.questions("waiting.test")).hasSize(1);
  }

  @Test
  void aLongAnswerComesOverTcp() {
    server.a("long.test", 10, "127.0.0.2").truncate(true);
    assertThat(ips("long.test")).containsExactly("127.0.0.2");
    assertThat(server.questions("long.test")).contains("A over udp", "A over tcp");
  }

  @Test
  void aliasesAreFollowed() {
    server.cname("one.test", 10, "two.test").cname("two.test", 5, "three.test").a("three.test", 60, "127.0.0.3");
    assertThat(ips("one.test")).containsExactly("127.0.0.3");
    server.cname("round.test", 10, "about.test").cname("about.test", 10, "round.test");
    assertThat(failure("round.test").absent()).isTrue();
  }

  @Test
  void servicesTellPortsAndWeights() {
    server.srv("service.test", 30, "1 3 8001 a.test", "1 0 8002 b.test", "2 9 8003 c.test", "1 1 0 d.test")
        .a("a.test", 20, "127.0.0.2")
        .a("b.test", 60, "127.0.0.3")
        .a("c.test", 60, "127.0.0.4")
        .a("d.test", 60, "127.0.0.5");
    Resolution answer = resolve("service.test");
    assertThat(answer.recordType()).isEqualTo("SRV");
    assertThat(answer.ttl()).isEqualTo(Duration.ofSeconds(20));
    assertThat(answer.addresses())
        .containsExactlyInAnyOrder(
            new Address("127.0.0.2", 8001, 3, "a.test"),
            new Address("127.0.0.3", 8002, 1, "b.test"),
            new Address("127.0.0.5", 80, 1, "d.test"));
  }

  @Test
  void theAddressesOfOneServerShareItsWeight() {
    server.srv("service.test", 30, "1 1 8001 a.test", "1 1 8001 b.test", "1 1 8001 gone.test")
        .a("a.test", 60, "127.0.0.2", "127.0.0.3")
        .a("b.test", 60, "127.0.0.4");
    Resolution answer = resolve("service.test");
    assertThat(answer.addresses()).extracting(Address::weight).containsExactlyInAnyOrder(1, 1, 2);
    assertThat(answer.ttl()).as("one is missing").isEqualTo(Duration.ofSeconds(1));
    server.srv("nowhere.test", 30, "1 1 8001 gone.test");
    assertThat(failure("nowhere.test").absent()).isTrue();
  }

  @Test
  void theSameQuestionIsAskedOnceUnlessTheSettingsSayOtherwise() {
    server.a("often.test", 60, "127.0.0.2");
    List<Future<Resolution>> together = new ArrayList<>();
    for (int port = 1; port <= 20; port++) {
      together.add(resolver().resolve("often.test", port));
    }
    together.forEach(Await::result);
    assertThat(server.questions("often.test")).hasSize(2);
    assertThat(together.get(6).result().addresses()).containsExactly(new Address("127.0.0.2", 7, 0));
  }

  @Test
  void noMoreNamesAreKeptThanTheSettingsSay() {
    context.set("dns_cache_size", "1");
    server.a("one.test", 60, "127.0.0.2").a("two.test", 60, "127.0.0.3");
    resolve("one.test");
    resolve("two.test");
    resolve("one.test");
    assertThat(server.questions("one.test")).hasSize(4);
  }

  @Test
  void settingsThatCannotBeUsedAreRefusedInKongsWords() {
    context.set("dns_order", "LAST,MX");
    assertThatThrownBy(this::resolver).hasMessage("dns_order: invalid entry 'MX'");
    context.set("dns_order", "A");
    for (String bad : List.of("name.test", "127.0.0.1:0", "127.0.0.1:x", "1.2.3")) {
      context.set("dns_resolver", "127.0.0.1, " + bad);
      assertThatThrownBy(this::resolver)
          .hasMessage(
              "dns_resolver must be a comma separated list in the form of IPv4/6 or IPv4/6:port, got '" + bad + "'");
    }
  }
}
