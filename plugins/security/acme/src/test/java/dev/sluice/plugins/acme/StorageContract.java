package dev.sluice.plugins.acme;

import dev.sluice.testkit.Await;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What every storage does. */
abstract class StorageContract {

  abstract Storage storage();

  /** Lets time pass, where it is not the real one. */
  void pass(Duration time) {}

  private boolean has(String key) {
    return Await.result(storage().get(key)).isPresent();
  }

  @Test
  void keepsAndForgets() {
    assertThat(has("a")).isFalse();
    Await.result(storage().put("a", "one", Storage.FOR_EVER));
    assertThat(Await.result(storage().get("a"))).contains("one");
    Await.result(storage().put("a", "two", 100));
    assertThat(Await.result(storage().get("a"))).contains("two");
    Await.result(storage().remove("a"));
    assertThat(has("a")).isFalse();
    Await.result(storage().remove("a"));
  }

  @Test
  void forgetsInTime() {
    Await.result(storage().put("short", "x", 1));
    Await.result(storage().put("long", "x", Storage.FOR_EVER));
    pass(Duration.ofSeconds(2));
    Await.until("forgotten", () -> !has("short"));
    assertThat(has("long")).isTrue();
    assertThat(Await.result(storage().add("short", "y", 100))).isTrue();
  }

  @Test
  void ofManyWhoAddOneSucceeds() {
    List<Future<Boolean>> tries = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      tries.add(storage().add("lock", "by " + i, 100));
    }
    Await.result(Future.join(tries));
    assertThat(tries).filteredOn(Future::result).hasSize(1);
    Await.result(storage().remove("lock"));
    assertThat(Await.result(storage().add("lock", "again", 100))).isTrue();
  }

  @Test
  void listsByPrefix() {
    for (int i = 0; i < 30; i++) {
      Await.result(storage().put("some:" + i, "x", Storage.FOR_EVER));
    }
    Await.result(storage().put("other:1", "x", Storage.FOR_EVER));
    assertThat(Await.result(storage().keys("some:"))).hasSize(30).contains("some:0", "some:29");
    assertThat(Await.result(storage().keys("none:"))).isEmpty();
  }
}
