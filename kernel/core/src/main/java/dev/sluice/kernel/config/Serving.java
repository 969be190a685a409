package dev.sluice.kernel.config;

import io.vertx.core.json.JsonObject;
import java.util.OptionalLong;

/**
 * Where the configuration that serves has come from. Times are in milliseconds of the epoch.
 *
 * @param copy whether it is the last good copy, since the database could not be used
 * @param revision of the store, 0 when there is none
 * @param since when the node began to serve it; of a copy, when it was written
 * @param lost since when the database has not answered
 */
record Serving(boolean copy, long revision, long since, OptionalLong lost) {

  static final Serving NOTHING = new Serving(false, 0, 0, OptionalLong.empty());

  Serving lostAt(long now) {
    return lost.isPresent() ? this : new Serving(copy, revision, since, OptionalLong.of(now));
  }

  Serving found() {
    return new Serving(copy, revision, since, OptionalLong.empty());
  }

  /** For {@code /status}: times in seconds, as entities have them. */
  JsonObject json() {
    JsonObject json = new JsonObject().put("source", copy ? "last_good_copy" : "database").put("revision", revision);
    json.put(copy ? "written_at" : "served_since", since / 1000);
    lost.ifPresent(then -> json.put("database_lost_at", then / 1000));
    return json;
  }
}
