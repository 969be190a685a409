package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.request.RequestContext;
import dev.sluice.api.upstream.LoadBalancerFactory;
import dev.sluice.api.upstream.Picker;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.testkit.contract.LoadBalancerContract;
import dev.sluice.testkit.fake.FakePickContext;
import dev.sluice.testkit.fake.FakeRequest;
import dev.sluice.testkit.fake.FakeTargetState;
import dev.sluice.testkit.fake.FakeUpstreams;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The keys and ports in here, and where they meet, were observed at Kong 3.9.3. */
class ConsistentHashingTest extends LoadBalancerContract {

  private static final int FIRST = 9901;
  private static final int SECOND = 9902;
  private static final Map<String, Integer> KONG = Map.ofEntries(
      Map.entry("alice", FIRST), Map.entry("bob", SECOND), Map.entry("carol", FIRST), Map.entry("dave", SECOND),
      Map.entry("erin", SECOND), Map.entry("frank", SECOND), Map.entry("grace", FIRST), Map.entry("heidi", FIRST),
      Map.entry("ivan", FIRST), Map.entry("judy", FIRST), Map.entry("1", FIRST), Map.entry("2", FIRST),
      Map.entry("3", FIRST), Map.entry("42", FIRST), Map.entry("long-key-0123456789-abcdefghij", SECOND));

  @Override
  protected LoadBalancerFactory factory() {
    return new ByPriority(new ConsistentHashing(), System::currentTimeMillis);
  }

  @Override
  protected Set<Trait> traits() {
    return Set.of(Trait.SHARES, Trait.SAME_REQUEST_SAME_ADDRESS);
  }

  @Override
  protected JsonObject settings() {
    return new JsonObject().put("hash_on", "header").put("hash_on_header", "xkey");
  }

  @Override
  protected Optional<RequestContext> request(int number) {
    return Optional.of(FakeRequest.of(1).answering().header("XKey", "client-" + number));
  }

  @Override
  protected double tolerance() {
    return 0.2;
  }

  @Test
  void keysMeetTheTargetsThatTheyMeetAtKong() {
    Picker picker = build(settings(), 100, 100);

    KONG.forEach((key, port) -> assertThat(port(picker, key)).as(key).isEqualTo(port));
  }

  @Test
  void inputsOfAllKindsMeetTheTargetsThatTheyMeetAtKong() {
    Picker consumers = build(on("consumer"), 100, 100);
    assertThat(port(consumers, FakeRequest.of(1).answering().consumer("01111111-2222-4333-8444-555555555550"))).isEqualTo(FIRST);
    assertThat(port(consumers, FakeRequest.of(1).answering().consumer("31111111-2222-4333-8444-555555555553"))).isEqualTo(SECOND);
    assertThat(port(build(on("ip"), 100, 100), FakeRequest.of(1).answering())).isEqualTo(FIRST);
    Picker paths = build(on("path"), 100, 100);
    assertThat(port(paths, FakeRequest.of(1).answering().path("/p"))).isEqualTo(SECOND);
    assertThat(port(paths, FakeRequest.of(1).answering().path("/p/a/b").query("x=1"))).isEqualTo(FIRST);
    assertThat(port(paths, FakeRequest.of(1).answering().path("/p/5"))).isEqualTo(SECOND);
    Picker queries = build(on("query_arg").put("hash_on_query_arg", "k"), 100, 100);
    assertThat(port(queries, FakeRequest.of(1).answering().query("k=b&k=a"))).isEqualTo(SECOND);
    assertThat(port(queries, FakeRequest.of(1).answering().query("k"))).isEqualTo(FIRST);
    assertThat(port(queries, FakeRequest.of(1).answering())).isEqualTo(FIRST);
  }

  @Test
  void aTargetOfWeightZeroCountsInTheSizeOfTheOthersShares() {
    JsonObject settings = settings().put("slots", 1000);
    List<Integer> before = ports(build(settings, 100, 100), "alice", "bob", "carol", "dave", "erin");
    FakeTargetState weightless = FakeTargetState.of("127.0.0.1", 9904, 0);
    List<Integer> with = ports(
        build(settings, List.of(target(FIRST, 100), target(SECOND, 100), weightless)),
        "alice", "bob", "carol", "dave", "erin");

    assertThat(before).containsExactly(FIRST, SECOND, FIRST, FIRST, FIRST);
    assertThat(with).containsExactly(FIRST, SECOND, FIRST, FIRST, SECOND);
  }

  @Test
  void aHeavyTargetTakesNearlyAllKeys() {
    assertThat(ports(build(settings(), 900, 100), "alice", "bob", "carol", "dave", "erin", "frank"))
        .containsOnly(FIRST);
  }

  @Test
  void aKeyMovesOnlyWhenItsTargetGoes() {
    List<FakeTargetState> addresses = addresses(1, 1, 1, 1);
    Picker picker = build(settings(), addresses);
    List<TargetState> before = new ArrayList<>();
    for (int number = 0; number < 500; number++) {
      before.add(pick(picker, number));
    }

    addresses.get(2).healthy(false);

    for (int number = 0; number < 500; number++) {
      if (before.get(number) == addresses.get(2)) {
        assertThat(pick(picker, number)).isNotEqualTo(addresses.get(2));
      } else {
        assertThat(pick(picker, number)).isEqualTo(before.get(number));
      }
    }
    addresses.get(2).healthy(true);
    for (int number = 0; number < 500; number++) {
      assertThat(pick(picker, number)).isEqualTo(before.get(number));
    }
  }

  @Test
  void moreAddressesThanSlotsGetALongerRing() {
    List<FakeTargetState> addresses = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      addresses.add(FakeTargetState.of("10.0." + i / 200 + "." + (i % 200 + 1), 80, 1));
    }
    Picker picker = build(settings().put("slots", 1000), addresses);

    assertThat(picker.pick(FakePickContext.first(FakeRequest.of(1).answering().header("xkey", "alice")))).isPresent();
  }

  @Test
  void hashesAsXxHash32IsSpecified() {
    assertThat(hash("")).isEqualTo(0x02CC_5D05L);
    assertThat(hash("a")).isEqualTo(0x550D_7456L);
    assertThat(hash("abc")).isEqualTo(0x32D1_53FFL);
    assertThat(hash("Nobody inspects the spammish repetition")).isEqualTo(0xE229_3B2FL);
  }

  private static long hash(String text) {
    return XxHash32.hash(text.getBytes(StandardCharsets.UTF_8));
  }

  private static FakeTargetState target(int port, int weight) {
    return FakeTargetState.of("127.0.0.1", port, weight);
  }

  private Picker build(JsonObject settings, int first, int second) {
    return build(settings, List.of(target(FIRST, first), target(SECOND, second)));
  }

  private Picker build(JsonObject settings, List<FakeTargetState> addresses) {
    return factory().build(FakeUpstreams.view(settings, addresses)).newPicker();
  }

  private TargetState pick(Picker picker, int number) {
    return picker.pick(FakePickContext.first(request(number).orElseThrow())).orElseThrow();
  }

  private static JsonObject on(String source) {
    return new JsonObject().put("hash_on", source);
  }

  private static int port(Picker picker, String key) {
    return port(picker, FakeRequest.of(1).answering().header("XKey", key));
  }

  private static int port(Picker picker, FakeRequest request) {
    return picker.pick(FakePickContext.first(request)).orElseThrow().port();
  }

  private static List<Integer> ports(Picker picker, String... keys) {
    List<Integer> ports = new ArrayList<>();
    for (String key : keys) {
      ports.add(port(picker, key));
    }
    return ports;
  }
}
