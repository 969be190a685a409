package dev.sluice.plugins.routerexpressions;

import com.sun.management.ThreadMXBean;
import dev.sluice.api.routing.RouteChanges;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteQuery;
import dev.sluice.api.routing.Router;
import dev.sluice.testkit.contract.RouteRequest;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static dev.sluice.plugins.routerexpressions.RouteFixture.compile;
import static dev.sluice.plugins.routerexpressions.RouteFixture.expression;
import static dev.sluice.plugins.routerexpressions.RouteFixture.winner;
import static org.assertj.core.api.Assertions.assertThat;

/** With 2,000 expressions a request is compared with few of them, and a miss leaves nothing behind. */
final class RouterScaleTest {

  private static final int ROUTES = 2_000;

  @Test
  void byPath() {
    assertFewAsked(i -> "http.path ^= \"/shop/item-" + i + "/\"", i -> get("x.test", "/shop/item-" + i + "/a"));
    assertFewAsked(i -> "http.path == \"/shop/item-" + i + "\"", i -> get("x.test", "/shop/item-" + i));
    assertFewAsked(i -> "http.path ~ r#\"^/v" + i + "/\\d+$\"#", i -> get("x.test", "/v" + i + "/1"));
    assertFewAsked(i -> "lower(http.path) ^= \"/item-" + i + "/\"", i -> get("x.test", "/Item-" + i + "/a"));
    assertFewAsked(i -> "http.path =^ \"/item-" + i + ".html\"", i -> get("x.test", "/a/item-" + i + ".html"));
  }

  @Test
  void byHost() {
    assertFewAsked(i -> "http.host == \"h" + i + ".test\"", i -> get("h" + i + ".test:8080", "/"));
    assertFewAsked(i -> "http.host =^ \".h" + i + ".test\"", i -> get("a.b.h" + i + ".test", "/"));
    assertFewAsked(i -> "lower(http.host) == \"h" + i + ".test\"", i -> get("H" + i + ".test", "/"));
    assertFewAsked(
        i -> "http.host == \"h" + i + ".test\" || http.host == \"g" + i + ".test\"", i -> get("g" + i + ".test", "/"));
  }

  @Test
  void byPathBehindOneHost() {
    assertFewAsked(
        i -> "http.host == \"x.test\" && (http.path ^= \"/a/" + i + "/\" || http.path == \"/b/" + i + "\")",
        i -> get("x.test", "/b/" + i));
  }

  @Test
  void byOtherFields() {
    assertFewAsked(
        i -> "http.headers.x_same == \"1\" && any(http.headers.x_tenant) == \"t" + i + "\"",
        i -> get("x.test", "/").withHeaders(Map.of("x-same", List.of("1"), "x-tenant", List.of("a", "t" + i))));
    assertFewAsked(
        i -> "http.queries.id == \"" + i + "\"", i -> get("x.test", "/").withQuery(Map.of("id", List.of("" + i))));
    assertFewAsked(i -> "tls.sni == \"s" + i + "\"", i -> get("x.test", "/").withTls(Optional.of("s" + i)));
    assertFewAsked(
        i -> "http.path.segments.1 == \"t" + i + "\" && http.path ^= \"/t/\"", i -> get("x.test", "/t/t" + i + "/x"));
  }

  @Test
  void aMissAllocatesNothing() {
    Router router =
        compile(
            expression("a", "http.host == \"a.test\" && http.path ^= \"/a\""),
            expression("b", "http.path == \"/b\" || http.path ^= \"/c/\""),
            expression("c", "lower(http.host) =^ \".test\" && http.method == \"PUT\""),
            expression("d", "net.dst.port == 81 && http.path.segments.len == 7"));
    RouteRequest miss = get("a.test", "/nothing/here");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    int found = 0;
    for (int run = 0; run < 5; run++) {
      long before = threads.getThreadAllocatedBytes(id);
      for (int i = 0; i < 20_000; i++) {
        found += router.select(miss).isPresent() ? 1 : 0;
      }
      least = Math.min(least, (threads.getThreadAllocatedBytes(id) - before) / 20_000);
    }
    assertThat(found).isZero();
    assertThat(least).isZero();
  }

  /** To copy a list of all rules alone would take 72 KB more. */
  @Test
  void aWriteCopiesNextToNothing() {
    assertThat(bytesOfAWrite(20_000)).isLessThan(bytesOfAWrite(2_000) + 30_000);
  }

  private static long bytesOfAWrite(int count) {
    ExpressionsRouterFactory factory = new ExpressionsRouterFactory();
    List<RouteDefinition> routes =
        IntStream.range(0, count)
            .mapToObj(i -> expression("r" + i, "http.path == \"/item-" + i + "\"").definition())
            .toList();
    Router before = factory.compile(routes);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      RouteDefinition gone = routes.get(count / 20 * i);
      RouteDefinition come = expression("new", "http.path == \"/new-" + i + "\"").definition();
      long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      Router after = factory.compile(before, new RouteChanges(List.of(gone), List.of(come), List::of));
      least = Math.min(least, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - bytes);
      assertThat(winner(after, get("x.test", "/new-" + i))).isEqualTo("new");
      assertThat(winner(after, get("x.test", "/item-" + count / 20 * i))).isEqualTo("-");
    }
    return least;
  }

  /** Every rule that is asked asks for the method first. */
  private static void assertFewAsked(IntFunction<String> expressions, IntFunction<RouteRequest> query) {
    Router router =
        compile(
            IntStream.range(0, ROUTES)
                .mapToObj(i -> expression("r" + i, "http.method != \"PUT\" && (" + expressions.apply(i) + ")"))
                .toArray(RouteFixture[]::new));
    for (int i = 0; i < ROUTES; i += 397) {
      AtomicInteger asked = new AtomicInteger();
      assertThat(winner(router, counting(query.apply(i), asked))).isEqualTo("r" + i);
      assertThat(asked).as(expressions.apply(i)).hasValueLessThanOrEqualTo(4);
    }
    AtomicInteger asked = new AtomicInteger();
    RouteRequest missing = get("missing.x", "/missing").withTls(Optional.of("missing.x"));
    assertThat(winner(router, counting(missing, asked))).isEqualTo("-");
    assertThat(asked).hasValue(0);
  }

  private static RouteQuery counting(RouteRequest request, AtomicInteger asked) {
    return (RouteQuery)
        Proxy.newProxyInstance(
            RouteQuery.class.getClassLoader(),
            new Class<?>[] {RouteQuery.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("method")) {
                asked.incrementAndGet();
              }
              return method.invoke(request, arguments);
            });
  }

  private static RouteRequest get(String host, String path) {
    return RouteRequest.get(host, path);
  }
}
