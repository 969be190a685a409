package dev.sluice.api.request;

import dev.sluice.api.entity.EntityReader;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** A connection that was passed on as it is, or was to be, and has ended. On its event loop; not to be kept. */
public interface EndedStream extends StreamConnection {

  /** How it ended, in the numbers of HTTP: 200 when a server was reached. */
  int status();

  /** Bytes that came from the client. */
  long received();

  /** Bytes that went to the client. */
  long sent();

  /** Bytes that came from the server. */
  long upstreamReceived();

  /** Bytes that went to the server. */
  long upstreamSent();

  /** When it began, in milliseconds of the epoch. */
  long startedAtMillis();

  /** How long it lasted, in milliseconds. */
  long tookMillis();

  /** How long it took until the last server was chosen, or until it was refused, in milliseconds. */
  long gatewayMillis();

  /** The attempts to reach a server. */
  List<Attempt> attempts();

  /** The terms of its encryption, when that ended here. */
  Optional<SSLSession> tls();

  /** The id of the workspace of its route. */
  String workspace();

  /** The configuration at its end. */
  EntityReader entities();
}
