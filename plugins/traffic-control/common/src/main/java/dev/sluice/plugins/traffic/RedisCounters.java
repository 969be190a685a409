package dev.sluice.plugins.traffic;

import dev.sluice.api.store.SharedCounters;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;

/** Counters in a Redis, under Kong's names and of Kong's making: gateways of both kinds may share them. */
final class RedisCounters implements SharedCounters {

  /** Adds to each key; one that begins with this gets its time to live. */
  private static final String ADD = """
      local sums = {}
      for i, key in ipairs(KEYS) do
        local amount, seconds = ARGV[2 * i - 1], ARGV[2 * i]
        sums[i] = redis.call('incrby', key, amount)
        if sums[i] == tonumber(amount) then
          redis.call('expire', key, seconds)
        end
      end
      return sums
      """;

  private final RedisLink link;

  RedisCounters(RedisLink link) {
    this.link = link;
  }

  @Override
  public Future<long[]> read(List<String> names) {
    Request get = Request.cmd(Command.MGET);
    names.forEach(get::arg);
    return link.send(get).map(RedisCounters::numbers);
  }

  @Override
  public Future<long[]> add(List<Addition> additions) {
    Request eval = Request.cmd(Command.EVAL).arg(ADD).arg(additions.size());
    additions.forEach(addition -> eval.arg(addition.name()));
    additions.forEach(addition -> eval.arg(addition.amount()).arg(addition.seconds()));
    return link.send(eval).map(RedisCounters::numbers);
  }

  private static long[] numbers(Response answer) {
    long[] numbers = new long[answer.size()];
    for (int i = 0; i < numbers.length; i++) {
      Response number = answer.get(i);
      numbers[i] = number == null ? 0 : number.toLong();
    }
    return numbers;
  }
}
