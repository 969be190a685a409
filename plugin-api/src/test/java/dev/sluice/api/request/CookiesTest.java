package dev.sluice.api.request;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CookiesTest {

  /** The lines of the header {@code Cookie}. */
  private record Lines(List<String> cookie) implements Headers {
    @Override
    public Optional<String> get(CharSequence name) {
      return cookie.stream().findFirst();
    }

    @Override
    public List<String> getAll(CharSequence name) {
      return cookie;
    }

    @Override
    public boolean contains(CharSequence name) {
      return !cookie.isEmpty();
    }

    @Override
    public void forEach(BiConsumer<String, String> visitor) {
      cookie.forEach(line -> visitor.accept("Cookie", line));
    }
  }

  @Test
  void theFirstOfANameIsFound() {
    Headers headers = new Lines(List.of("a=1; b = x=y ;c", "b=2; d="));
    assertThat(Cookies.first(headers, "a")).contains("1");
    assertThat(Cookies.first(headers, "b")).contains("x=y");
    assertThat(Cookies.first(headers, "c")).isEmpty();
    assertThat(Cookies.first(headers, "d")).contains("");
    assertThat(Cookies.first(new Lines(List.of()), "a")).isEmpty();
  }
}
