package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.Exchange;
import dev.sluice.kernel.upstream.KernelTarget;
import io.netty.buffer.ByteBuf;

/**
 * A way to an upstream for one request at a time, on one event loop, whatever protocol it speaks. Bytes that are given to
 * it need not be released: they come from Vert.x, which counts no references.
 */
interface UpstreamLink {

  /** Begins an exchange; {@code head} says that the answer will have no body. */
  void begin(AnswerSink to, boolean head);

  /**
   * Sends a request that is there as a whole.
   *
   * @param body null when there is none
   * @param announces whether to say that the body is empty when it is
   */
  void send(Exchange exchange, KernelTarget target, ByteBuf body, boolean announces);

  /**
   * Sends the head of a request whose body follows in parts.
   *
   * @param length in bytes, or -1 when it is not known yet
   */
  void sendHead(Exchange exchange, KernelTarget target, long length);

  /** Sends a part of the body. */
  void sendPart(ByteBuf part);

  /** Says that the body is complete. */
  void sendEnd();

  /** Sends what was written before this turn of the event loop is over; what it writes at once is sent already. */
  default void hurry() {}

  /** Whether the other side takes more at present. */
  boolean writable();

  /** Reads no more until told to go on. */
  void pauseReading();

  /** Goes on reading. */
  void resumeReading();

  /** Whether it has carried a request before, and may therefore have died unnoticed. */
  boolean reused();

  /** Ends an exchange before its time: nothing more of it is wanted. */
  void abandon();

  /** Gives back a way that was opened and is not needed after all. */
  void giveBack();
}
