package dev.sluice.kernel.pipeline;

import dev.sluice.api.filter.Phase;
import dev.sluice.api.request.MutableHeaders;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What filters want of the headers of an answer that is not there yet; done to its head in the order it was wanted. Most
 * filters only write: what has been wanted is put together for reading when somebody reads.
 */
final class EarlyHeaders implements MutableHeaders {

  private static final int USUAL = 6;
  private static final byte SET = 0;
  private static final byte ADD = 1;
  private static final byte REMOVE = 2;

  private final Exchange exchange;
  private final String what;
  private final Set<Phase> allowed;
  private CharSequence[] texts = new CharSequence[2 * USUAL];
  private byte[] kinds = new byte[USUAL];
  private int count;
  private MultiMap wanted;
  private int read;

  EarlyHeaders(Exchange exchange, String what, Set<Phase> allowed) {
    this.exchange = exchange;
    this.what = what;
    this.allowed = allowed;
  }

  void applyTo(HeaderSink lines) {
    apply(lines, 0);
  }

  private void apply(HeaderSink lines, int from) {
    for (int i = from; i < count; i++) {
      CharSequence name = texts[2 * i];
      CharSequence value = texts[2 * i + 1];
      switch (kinds[i]) {
        case SET -> lines.set(name, value);
        case ADD -> lines.add(name, value);
        default -> lines.remove(name);
      }
    }
  }

  private HeadersView wanted() {
    if (wanted == null) {
      wanted = HeaderLines.unchecked();
    }
    apply(HeaderSink.of(wanted), read);
    read = count;
    return new HeadersView(wanted);
  }

  private MutableHeaders step(byte kind, CharSequence name, CharSequence value) {
    if (count == kinds.length) {
      kinds = Arrays.copyOf(kinds, 2 * count);
      texts = Arrays.copyOf(texts, 4 * count);
    }
    texts[2 * count] = kept(name);
    texts[2 * count + 1] = kept(value);
    kinds[count++] = kind;
    return this;
  }

  /** A text that stays as it is. */
  private static CharSequence kept(CharSequence text) {
    return text instanceof AsciiString ? text : text.toString();
  }

  @Override
  public MutableHeaders set(CharSequence name, CharSequence value) {
    GuardedHeaders.check(exchange, what, allowed, name, value);
    return step(SET, name, value);
  }

  @Override
  public MutableHeaders add(CharSequence name, CharSequence value) {
    GuardedHeaders.check(exchange, what, allowed, name, value);
    return step(ADD, name, value);
  }

  @Override
  public MutableHeaders remove(CharSequence name) {
    exchange.require(what, allowed);
    return step(REMOVE, name, "");
  }

  @Override
  public Optional<String> get(CharSequence name) {
    return wanted().get(name);
  }

  @Override
  public List<String> getAll(CharSequence name) {
    return wanted().getAll(name);
  }

  @Override
  public boolean contains(CharSequence name) {
    return wanted().contains(name);
  }

  @Override
  public void forEach(BiConsumer<String, String> visitor) {
    wanted().forEach(visitor);
  }
}
