package dev.sluice.kernel.pipeline;

import dev.sluice.api.filter.Phase;
import dev.sluice.api.request.HeaderText;
import dev.sluice.api.request.MutableHeaders;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.Set;

/**
 * Headers that filters may change in some phases. Names and values are checked here, so that no filter can slip a line
 * break into a message.
 */
final class GuardedHeaders extends HeadersView implements MutableHeaders {

  private final Exchange exchange;
  private final String what;
  private final Set<Phase> allowed;

  GuardedHeaders(MultiMap map, Exchange exchange, String what, Set<Phase> allowed) {
    super(map);
    this.exchange = exchange;
    this.what = what;
    this.allowed = allowed;
  }

  @Override
  @SuppressWarnings("ReferenceEquality")
  public MutableHeaders set(CharSequence name, CharSequence value) {
    check(name, value);
    if (map() != exchange.outbound().linesOrNull() || !exchange.outbound().keepsApart(name, value)) {
      map().set(name, value);
    }
    return this;
  }

  @Override
  public MutableHeaders add(CharSequence name, CharSequence value) {
    check(name, value);
    map().add(name, value);
    return this;
  }

  @Override
  public MutableHeaders remove(CharSequence name) {
    exchange.require(what, allowed);
    map().remove(name);
    return this;
  }

  private void check(CharSequence name, CharSequence value) {
    check(exchange, what, allowed, name, value);
  }

  /** Fails when a header may not be changed now, or not be set to this. */
  static void check(Exchange exchange, String what, Set<Phase> allowed, CharSequence name, CharSequence value) {
    exchange.require(what, allowed);
    if (!(name instanceof AsciiString ascii ? isName(ascii) : HeaderText.isName(name))) {
      throw new IllegalArgumentException("'" + name + "' is no name of a header");
    }
    if (!HeaderText.isValue(value)) {
      throw new IllegalArgumentException("the value of header " + name + " holds a control character");
    }
  }

  /** The same for names that filters have made once, without a call for each character. */
  private static boolean isName(AsciiString name) {
    byte[] bytes = name.array();
    int end = name.arrayOffset() + name.length();
    for (int i = name.arrayOffset(); i < end; i++) {
      byte b = bytes[i];
      // Bytes from 128 on are negative.
      if (b <= ' ' || b == 127 || b == ':') {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
