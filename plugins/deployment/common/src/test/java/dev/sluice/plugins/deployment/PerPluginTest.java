package dev.sluice.plugins.deployment;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PerPluginTest {

  private final PerPlugin<Object> kept = new PerPlugin<>();

  @Test
  void isTheSameForAsLongAsSomebodyHoldsIt() {
    Object first = kept.of("one", Object::new);
    assertThat(kept.of("one", Object::new)).isSameAs(first);
    assertThat(kept.of("two", Object::new)).isNotSameAs(first);
    assertThat(kept.known("one")).containsSame(first);
    assertThat(kept.all()).containsEntry("one", first);
  }

  @Test
  void isAnotherWhenNobodyDid() {
    assertThat(kept.of("one", Object::new)).isNotNull();
    for (int i = 0; kept.known("one").isPresent(); i++) {
      assertThat(i).isLessThan(1000);
      System.gc();
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(kept.all()).isEmpty();
    Object other = kept.of("one", Object::new);
    assertThat(kept.known("one")).containsSame(other);
  }
}
