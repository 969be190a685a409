package dev.sluice.plugins.declarative;

import dev.sluice.api.store.StoreException;
import dev.sluice.testkit.contract.PutBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StateFileTest {

  @TempDir Path folder;

  private StateFile written() {
    Rows rows = new Rows();
    rows.apply(
        List.of(
            PutBuilder.put("p").type("parents").field("text", "a\nb\u2028c").build(),
            PutBuilder.put("a").unique("name", "x").refersTo("parent", "parents", "p").tags("t").build()),
        0);
    StateFile file = new StateFile(folder.resolve("sub").resolve("state"));
    file.write(rows);
    return file;
  }

  @Test
  void readsWhatItHasWritten() {
    Rows read = written().read();
    assertThat(read.revision()).isEqualTo(1);
    assertThat(read.find("parents", "p", 0).orElseThrow().put().document().getString("text"))
        .isEqualTo("a\nb\u2028c");
    assertThat(read.find("things", "a", 0).orElseThrow().put().uniques()).hasSize(1);
    assertThat(folder.resolve("sub").resolve("state.part")).doesNotExist();
  }

  @Test
  void namesTheFileWhoseBitWasFlipped() throws IOException {
    StateFile file = written();
    byte[] bytes = Files.readAllBytes(file.path());
    for (int at : new int[] {0, 64, 70, bytes.length / 2, bytes.length - 1}) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 1;
      Files.write(file.path(), flipped);
      assertThatThrownBy(file::read)
          .as("bit %s", at)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file.path().toString());
    }
  }

  @Test
  void whatIsNotThereIsEmpty() {
    assertThat(new StateFile(folder.resolve("none")).read().revision()).isZero();
  }
}
