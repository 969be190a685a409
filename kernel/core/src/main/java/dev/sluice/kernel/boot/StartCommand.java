package dev.sluice.kernel.boot;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a gateway in the foreground. */
@Command(name = "start")
final class StartCommand implements Callable<Integer> {

  @Option(names = {"-c", "--conf"})
  private Path conf;

  @Option(names = {"-p", "--prefix"})
  private Path prefix;

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> options = new HashMap<>();
    if (prefix != null) {
      options.put("prefix", prefix.toString());
    }
    NodeConfig config = NodeConfig.load(Optional.ofNullable(conf), System.getenv(), options);
    Kernel kernel = new Kernel(config, Clock.systemUTC());
    CountDownLatch stopped = new CountDownLatch(1);
    kernel.start().onFailure(cause -> {
      cause.printStackTrace();
      stopped.countDown();
    });
    stopped.await();
    return 0;
  }
}
