package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.request.Headers;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A request, put together by hand. */
final class FakeRequest {

  private final String method;
  private final String path;
  private final Map<String, List<String>> query = new LinkedHashMap<>();
  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
  private Buffer body = Buffer.buffer();

  private FakeRequest(String method, String path) {
    this.method = method;
    this.path = path;
  }

  static FakeRequest of(String method, String path) {
    return new FakeRequest(method, path);
  }

  FakeRequest query(String name, String... values) {
    query.put(name, List.of(values));
    return this;
  }

  FakeRequest header(String name, String value) {
    headers.add(name, value);
    return this;
  }

  FakeRequest body(String type, String text) {
    body = Buffer.buffer(text);
    return header("Content-Type", type);
  }

  FakeRequest body(String text) {
    body = Buffer.buffer(text);
    return this;
  }

  AdminRequest request() {
    return new AdminRequest(method, path, query, new Lines(headers), body, "127.0.0.1");
  }

  private record Lines(MultiMap map) implements Headers {

    @Override
    public Optional<String> get(CharSequence name) {
      return Optional.ofNullable(map.get(name));
    }

    @Override
    public List<String> getAll(CharSequence name) {
      return map.getAll(name);
    }

    @Override
    public boolean contains(CharSequence name) {
      return map.contains(name);
    }

    @Override
    public void forEach(BiConsumer<String, String> visitor) {
      map.forEach(visitor);
    }
  }
}
