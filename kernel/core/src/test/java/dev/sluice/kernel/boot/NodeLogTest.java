package dev.sluice.kernel.boot;

import dev.sluice.api.LogLine;
import dev.sluice.api.Registration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import static org.assertj.core.api.Assertions.assertThat;

class NodeLogTest {

  private static final String NAME = "dev.sluice.test.reader";

  private final Logger log = LoggerFactory.getLogger(NAME);
  private final List<LogLine> seen = new CopyOnWriteArrayList<>();

  private void read(LogLine line) {
    if (line.logger().equals(NAME)) {
      seen.add(line);
    }
  }

  @Test
  void aReaderSeesLinesUntilItIsClosed() {
    Registration registration = NodeLog.LEVEL.on(this::read);
    IllegalStateException failure = new IllegalStateException("why");
    log.error("request {}: it failed", "r1", failure);
    registration.close();
    log.error("nobody reads this");
    assertThat(seen).hasSize(1);
    LogLine line = seen.get(0);
    assertThat(line.message()).isEqualTo("request r1: it failed");
    assertThat(line.level()).isEqualTo(Level.ERROR);
    assertThat(line.thread()).isEqualTo(Thread.currentThread().getName());
    assertThat(line.thrown()).contains(failure);
  }

  @Test
  void aReaderThatLogsOrThrowsHarmsNobody() {
    Registration first = NodeLog.LEVEL.on(line -> {
      log.error("from within");
      throw new IllegalStateException("from a reader");
    });
    Registration second = NodeLog.LEVEL.on(this::read);
    try {
      log.error("the line");
    } finally {
      first.close();
      second.close();
    }
    assertThat(seen).extracting(LogLine::message).contains("the line");
  }
}
