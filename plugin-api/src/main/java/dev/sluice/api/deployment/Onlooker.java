package dev.sluice.api.deployment;

import java.util.Optional;

/**
 * Is shown one request and its answer. Called on the event loop of the request, after what is shown has been passed on;
 * must not block. A throw is logged.
 */
public interface Onlooker {

  /** The most bytes of a body that are kept for it, of the request as of each answer. Asked once. */
  int maxBody();

  /**
   * The request has gone upstream to its end. Called at most once, and never when its body is longer than
   * {@link #maxBody}, when it is of gRPC or asks for another protocol, or when it was not sent.
   *
   * @param copies may be used until well after {@link #ended}
   */
  void sent(Copies copies);

  /** The body of the request has turned out to be longer than {@link #maxBody}: no copy can be made. */
  void tooLarge();

  /**
   * The answer of the upstream is longer than {@link #maxBody}, or has no end that could be waited for: it is not shown whole.
   * Called at most once, and while the client may go on receiving it for as long as it likes.
   *
   * @param answer what is known of it by now, without a body
   */
  default void outgrown(CopiedAnswer answer) {}

  /**
   * The request is over. Called exactly once, and last.
   *
   * @param answer that of the upstream, as it came; empty when there was none or it broke off
   */
  void ended(Optional<CopiedAnswer> answer);
}
