package dev.sluice.plugins.acme;

import dev.sluice.plugins.traffic.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Redis, which nodes and gateways of both kinds may share.
 *
 * @param link to it
 * @param namespace before all names
 * @param scanCount how many names to ask for at once
 */
record RedisStorage(RedisLink link, String namespace, int scanCount) implements Storage {

  @Override
  public Future<Optional<String>> get(String key) {
    return link
        .send(Request.cmd(Command.GET).arg(namespace + key))
        .map(answer -> Optional.ofNullable(answer).map(Response::toString));
  }

  private Request set(String key, String value, long seconds) {
    Request set = Request.cmd(Command.SET).arg(namespace + key).arg(value);
    return seconds == FOR_EVER ? set : set.arg("EX").arg(seconds);
  }

  @Override
  public Future<Void> put(String key, String value, long seconds) {
    return link.send(set(key, value, seconds)).mapEmpty();
  }

  @Override
  public Future<Boolean> add(String key, String value, long seconds) {
    return link.send(set(key, value, seconds).arg("NX")).map(answer -> answer != null);
  }

  @Override
  public Future<Void> remove(String key) {
    return link.send(Request.cmd(Command.DEL).arg(namespace + key)).mapEmpty();
  }

  @Override
  public Future<List<String>> keys(String prefix) {
    return keys(prefix, "0", new ArrayList<>());
  }

  private Future<List<String>> keys(String prefix, String cursor, List<String> found) {
    Request scan = Request.cmd(Command.SCAN)
        .arg(cursor)
        .arg("MATCH")
        .arg((namespace + prefix).replaceAll("[\\\\*?\\[\\]]", "\\\\$0") + "*")
        .arg("COUNT")
        .arg(scanCount);
    return link.send(scan).compose(answer -> {
      answer.get(1).forEach(key -> {
        String name = key.toString().substring(namespace.length());
        if (!found.contains(name)) {
          found.add(name);
        }
      });
      String next = answer.get(0).toString();
      return next.equals("0") ? Future.succeededFuture(found) : keys(prefix, next, found);
    });
  }
}
