package dev.sluice.plugins.openidconnect;

import dev.sluice.plugins.authentication.Timeouts;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A session. Times are in seconds since the epoch.
 *
 * @param begunAt when somebody has logged in
 * @param renewedAt when it was renewed
 * @param usedAt when it was used, as far as that is noted
 * @param holdings whose it is
 */
record SessionState(long begunAt, long renewedAt, long usedAt, Holdings holdings) implements Timeouts.Timed {

  private static final int MOST = 256 * 1024;

  static SessionState begun(long now, Holdings holdings) {
    return new SessionState(now, now, now, holdings);
  }

  SessionState renewed(long now) {
    return new SessionState(begunAt, now, now, holdings);
  }

  SessionState used(long now) {
    return new SessionState(begunAt, renewedAt, now, holdings);
  }

  SessionState with(Holdings others, long now) {
    return new SessionState(begunAt, now, now, others);
  }

  /** In few bytes: tokens are longer than cookies should be. */
  byte[] encode() {
    JsonObject json = new JsonObject().put("b", begunAt).put("n", renewedAt).put("u", usedAt).put("h", holdings.toJson());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(json.toBuffer().getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Reads what {@link #encode} has written; it was sealed meanwhile, so it is as it was. */
  static Optional<SessionState> read(byte[] bytes) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      JsonObject json = new JsonObject(Buffer.buffer(in.readNBytes(MOST)));
      return Optional.of(new SessionState(
          json.getLong("b"), json.getLong("n"), json.getLong("u"), Holdings.read(json.getJsonObject("h"))));
    } catch (IOException | DecodeException | ClassCastException | NullPointerException e) {
      return Optional.empty();
    }
  }
}
