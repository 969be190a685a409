package dev.sluice.api.request;

import dev.sluice.api.entity.Consumer;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * A consumer with the credential that it has come with, and what upstreams are told of them, written out once: of many
 * consumers none is in the caches when its turn comes, and so what a request needs of one had better lie together.
 * Immutable.
 */
public class Identity {

  private static final AtomicLong MADE = new AtomicLong();

  private final long number = MADE.incrementAndGet();
  private final Consumer consumer;
  private final Credential credential;
  private final byte[] lines;

  /** Puts them together. */
  public Identity(Consumer consumer, Credential credential) {
    this.consumer = consumer;
    this.credential = credential;
    StringBuilder text = new StringBuilder();
    forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    this.lines = text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A number from 1 that no other one of this process has, for who keeps something of each. */
  public final long number() {
    return number;
  }

  /** The consumer. */
  public final Consumer consumer() {
    return consumer;
  }

  /** What it has proved itself with. */
  public final Credential credential() {
    return credential;
  }

  /** Writes what upstreams are told, as lines of HTTP/1.1, each with its end. */
  public final void writeTo(ByteBuf head) {
    head.writeBytes(lines);
  }

  /** Visits the same line by line. */
  public final void forEach(BiConsumer<CharSequence, String> visitor) {
    visitor.accept("X-Consumer-ID", HeaderText.escaped(consumer.id()));
    consumer.customId().ifPresent(id -> visitor.accept("X-Consumer-Custom-ID", HeaderText.escaped(id)));
    consumer.username().ifPresent(name -> visitor.accept("X-Consumer-Username", HeaderText.escaped(name)));
    credential.identifier().ifPresent(id -> visitor.accept("X-Credential-Identifier", HeaderText.escaped(id)));
  }
}
