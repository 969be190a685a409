package dev.sluice.api.filter;

import dev.sluice.api.request.Answer;
import dev.sluice.api.request.EndedStream;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.StreamConnection;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * One configured instance of a plugin. It implements the nested interface of each phase in which it has work; the
 * kernel sorts instances into arrays per phase when the configuration is compiled.
 *
 * <p>An instance serves all requests of its scope at once, from every event loop: what it changes must be safe for
 * that. All methods run on the event loop of the request and must not block.
 */
public interface Filter {

  /**
   * Wants clients to be asked for certificates: those who name a server name of a route that it runs on, and all of them
   * when one of these routes takes any name. They are asked, not forced, and what they show is <b>not verified</b> but for
   * their having its key: the filter looks at {@code context.request().tls()} and decides. Which authorities are good is
   * often known by the route only, long after the handshake.
   */
  interface ClientCertificates extends Filter {
    /**
     * The ids of the {@code ca_certificates} whose names clients are told, to choose among their certificates by; empty
     * to tell none. Asked at handshakes, by any thread: it must not block.
     */
    List<String> announced();
  }

  /** Runs before routing, and only when configured globally. */
  @FunctionalInterface
  interface Rewrite extends Filter {
    /**
     * Looks at a request before its route is known.
     *
     * @return {@link Filters#CONTINUE}, or a future to wait for; a failure ends the request with 500
     */
    Future<Void> rewrite(RequestContext context);
  }

  /** Runs after routing and before the request goes upstream. */
  @FunctionalInterface
  interface Access extends Filter {
    /**
     * Looks at a request whose route is known.
     *
     * @return {@link Filters#CONTINUE}, or a future to wait for. After {@link RequestContext#answer} the remaining
     *     access filters are skipped. A failure, thrown or returned, ends the request with 500: it fails closed
     */
    Future<Void> access(RequestContext context);
  }

  /**
   * Runs when a connection that is passed on as it is has found its route, before any server is asked. A plugin that is
   * configured for such connections and has neither this phase nor {@link StreamLog} refuses them all: nobody knows what
   * it would say.
   */
  @FunctionalInterface
  interface Preread extends Filter {
    /**
     * Looks at a connection.
     *
     * @return whether it may be passed on; if not, or on a throw, it is closed
     */
    boolean preread(StreamConnection connection);
  }

  /** Runs with the whole upstream answer in memory; makes the kernel buffer it. */
  @FunctionalInterface
  interface Response extends Filter {
    /**
     * Looks at a whole answer.
     *
     * @param body the body as it stands
     * @return the body to go on with
     */
    Future<Buffer> response(RequestContext context, Buffer body);

    /**
     * Whether this answer is to be collected for {@link #response}, asked when its head has arrived, and perhaps once
     * more. What no filter wants collected is streamed.
     */
    default boolean collects(RequestContext context) {
      return true;
    }
  }

  /**
   * Sees the answers that the gateway gives by itself, before their heads are made: those of filters, and that there is no
   * route, no server, or nothing but a failure. Answers of an upstream it never sees, nor those to gRPC, nor to requests
   * that are refused before a filter has seen them.
   */
  @FunctionalInterface
  interface Exit extends Filter {

    /** Why the gateway answers by itself. */
    enum Cause {
      /** A filter has answered or failed, or what the route demands is not met, such as TLS or a server that is there. */
      ANSWERED,
      /** No route takes the request. */
      UNROUTED,
      /** What lies below the filters failed: the upstream broke or was late, or the request could not be read. */
      FAILED
    }

    /**
     * Looks at an answer.
     *
     * @param answer its body as it would be sent, never a bare message
     * @return what is sent in its place; a throw is logged, and the answer goes out as it was
     */
    Answer exit(RequestContext context, Answer answer, Cause cause);
  }

  /** Runs before the head of any answer is sent, the gateway's own answers included. */
  @FunctionalInterface
  interface Header extends Filter {
    /** A throw is logged and otherwise ignored, as the answer is already decided. */
    void headerFilter(RequestContext context);
  }

  /**
   * Sees the body of any answer, chunk for chunk. With such a filter in the chain an answer has no Content-Length
   * unless the whole body was at hand.
   */
  @FunctionalInterface
  interface Body extends Filter {
    /**
     * Looks at a part of a body.
     *
     * @param chunk a part of the body, possibly empty when {@code last}
     * @return what to send instead; an empty buffer sends nothing
     */
    Buffer bodyFilter(RequestContext context, Buffer chunk, boolean last);
  }

  /** Runs after the request has ended, whatever became of it. */
  @FunctionalInterface
  interface Log extends Filter {
    /** A throw is logged and otherwise ignored. */
    void log(RequestContext context);
  }

  /**
   * Runs when a connection that was passed on as it is has ended, and had a route. Which configurations run is decided at
   * its end: it may have lasted for days.
   */
  @FunctionalInterface
  interface StreamLog extends Filter {
    /** A throw is logged and otherwise ignored. */
    void streamLog(EndedStream stream);
  }
}
