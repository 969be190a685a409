package dev.sluice.plugins.requesttransformer;

import dev.sluice.api.request.MutableHeaders;
import java.util.List;

/** The headers of the request. There is always one Host: it can be replaced, and nothing else. */
record HeaderTarget(MutableHeaders headers) implements Target {

  private static boolean isHost(String name) {
    return name.equalsIgnoreCase("host");
  }

  @Override
  public boolean has(String name) {
    return isHost(name) || headers.contains(name);
  }

  @Override
  public void remove(String name) {
    if (!isHost(name)) {
      headers.remove(name);
    }
  }

  @Override
  public void rename(String from, String to) {
    if (isHost(from) || isHost(to)) {
      return;
    }
    List<String> values = List.copyOf(headers.getAll(from));
    headers.remove(from);
    headers.remove(to);
    values.forEach(value -> headers.add(to, value));
  }

  @Override
  public void set(String name, String value) {
    headers.set(name, value);
  }

  @Override
  public void append(String name, String value) {
    if (!isHost(name)) {
      headers.add(name, value);
    }
  }
}
