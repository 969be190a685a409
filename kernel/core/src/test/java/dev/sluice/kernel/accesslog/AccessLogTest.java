package dev.sluice.kernel.accesslog;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AccessLogTest {

  private static final LogFormat<LoggedRequest> TARGET = LogFormat.ofRequests("x $request_uri");

  @TempDir private Path folder;

  private AccessLogs open(String text) throws IOException {
    LogTarget<LoggedRequest> target = LogTarget.parse(text, folder, TARGET, List.of(TARGET)).orElseThrow();
    return AccessLogs.open(new AccessLogs.Targets(Map.of("proxy", target, "admin", target), Optional.empty()));
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static String read(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void linesOfSeveralLoopsReachOneFileWhole() throws IOException {
    Path file = folder.resolve("logs/a.log");
    try (AccessLogs logs = open("logs/a.log")) {
      AccessLog<LoggedRequest> one = logs.requests("proxy");
      AccessLog<LoggedRequest> other = logs.requests("admin");
      for (int i = 0; i < 20_000; i++) {
        (i % 2 == 0 ? one : other).log(new SampleRequest("/" + i));
      }
      one.end();
      other.end();
    }
    assertThat(Files.readAllLines(file)).hasSize(20_000).contains("/0", "/19999").allMatch(line -> line.matches("/\\d+"));
  }

  @Test
  void aLineLongerThanABatchIsWritten() throws IOException {
    String target = "/" + "x".repeat(100_000);
    try (AccessLogs logs = open("a.log")) {
      AccessLog<LoggedRequest> log = logs.requests("proxy");
      log.log(new SampleRequest("/before"));
      log.log(new SampleRequest(target));
      log.log(new SampleRequest("/after"));
      log.end();
    }
    assertThat(folder.resolve("a.log")).hasContent("/before\n" + target + "\n/after\n");
  }

  @Test
  void aFileThatIsMovedAwayIsMadeAnew() throws IOException {
    Path file = folder.resolve("a.log");
    Path old = folder.resolve("a.log.1");
    try (AccessLogs logs = open("a.log")) {
      AccessLog<LoggedRequest> log = logs.requests("proxy");
      log.log(new SampleRequest("/first"));
      log.flush();
      until(() -> read(file).equals("/first\n"));
      Files.move(file, old);
      until(() -> Files.exists(file));
      log.log(new SampleRequest("/second"));
      log.flush();
      until(() -> read(file).equals("/second\n"));
      Files.move(file, folder.resolve("a.log.2"));
      logs.reopen();
      until(() -> Files.exists(file));
    }
    assertThat(old).hasContent("/first\n");
  }

  @Test
  void whatCannotBeWrittenIsDroppedAndHoldsNobodyUp() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    try (RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw")) {
      LogFile file = LogFile.open(pipe.toString());
      AccessLog<LoggedRequest> log = AccessLog.of(TARGET, file);
      SampleRequest request = new SampleRequest("/" + "x".repeat(60_000));
      // More than the pipe takes and the log keeps, which is 16 MiB.
      for (int i = 0; i < 400; i++) {
        log.log(request);
      }
      assertThat(file.batch(1)).as("no more room").isNull();
      drain(reader);
      until(() -> file.batch(1) != null);
      file.close();
    }
  }

  private static void drain(RandomAccessFile reader) {
    Thread thread =
        new Thread(
            () -> {
              byte[] some = new byte[1 << 20];
              try {
                while (reader.read(some) > 0) {
                  Thread.onSpinWait();
                }
              } catch (IOException e) {
                // The test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Test
  void aLineCostsNoMemory() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    LogFormat<LoggedRequest> format =
        LogFormat.ofRequests(
            "x '$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" "
                + "\"$http_user_agent\" kong_request_id: \"$kong_request_id\"'");
    SampleRequest request = new SampleRequest("/some/path?with=query", 200, Map.of("user-agent", "curl/8.5.0"));
    try (AccessLogs logs =
        AccessLogs.open(
            new AccessLogs.Targets(
                Map.of("proxy", new LogTarget<>(folder.resolve("a.log").toString(), format)), Optional.empty()))) {
      AccessLog<LoggedRequest> log = logs.requests("proxy");
      int lines = 20_000;
      for (int i = 0; i < lines; i++) {
        log.log(request);
      }
      until(logs::idle);
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      for (int i = 0; i < lines; i++) {
        log.log(request);
      }
      long each = (threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before) / lines;
      // A batch of 64 KiB holds 400 lines; in the worst case each is a new one.
      assertThat(each).isLessThan(400);
    }
  }

  @Test
  void mistakesAreTold() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> open("file/a.log")).hasMessageContaining("cannot be opened");
    assertThat(LogTarget.parse("off", folder, TARGET, List.of())).isEmpty();
    assertThatThrownBy(() -> LogTarget.parse("a.log nope", folder, TARGET, List.of(TARGET)))
        .hasMessage("unknown log format \"nope\"");
    assertThatThrownBy(() -> LogTarget.parse("a.log x if=$a", folder, TARGET, List.of(TARGET)))
        .hasMessage("invalid parameter \"if=$a\"");
    assertThatThrownBy(() -> LogTarget.parse("syslog:server=a", folder, TARGET, List.of())).hasMessageContaining("syslog");
  }
}
