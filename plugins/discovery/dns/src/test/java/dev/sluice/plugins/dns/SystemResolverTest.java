package dev.sluice.plugins.dns;

import dev.sluice.api.upstream.TargetResolver.Address;
import dev.sluice.api.upstream.TargetResolver.Resolution;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is made of the system's answers. */
@Timeout(60)
class SystemResolverTest {

  private static final String V4 = "192.0.2.1";
  private static final String V6 = "2001:db8:0:0:0:0:0:1";

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void onlyVersionFourIsUsedByDefault() throws Exception {
    SystemResolver resolver = resolver(Map.of(), host -> addresses(V6, V4, V4));

    Resolution answer = await(resolver.resolve("both.test", 80));

    assertThat(answer.recordType()).isEqualTo("A");
    assertThat(answer.addresses()).containsExactly(new Address(V4, 80, 0));
    assertThatThrownBy(() -> await(resolver(Map.of(), host -> addresses(V6)).resolve("six.test", 80)))
        .hasRootCauseMessage("dns server error: 3 name error");
  }

  @Test
  void theOrderOfTheNodeDecides() throws Exception {
    Map<String, String> sixFirst = Map.of("dns_order", "LAST, AAAA ,SRV,A,CNAME");
    assertThat(await(resolver(sixFirst, host -> addresses(V4, V6)).resolve("both.test", 80)))
        .extracting(Resolution::recordType, answer -> answer.addresses().get(0).ip()).containsExactly("AAAA", V6);
    assertThat(await(resolver(sixFirst, host -> addresses(V4)).resolve("four.test", 80)).recordType()).isEqualTo("A");
    assertThat(await(resolver(Map.of("dns_order", "CNAME"), host -> addresses(V4)).resolve("x.test", 80)).recordType())
        .isEqualTo("A");
  }

  @Test
  void aServerThatDoesNotAnswerIsNotANameThatDoesNotExist() {
    SystemResolver resolver = resolver(Map.of(), host -> {
      throw new UnknownHostException(host + ": Temporary failure in name resolution");
    });
    assertThatThrownBy(() -> await(resolver.resolve("x.test", 80)))
        .hasRootCauseMessage("dns server error: 2 server failure");
  }

  @Test
  void aNameIsLookedUpOnceAtATime() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    CountDownLatch answered = new CountDownLatch(1);
    SystemResolver resolver = resolver(Map.of(), host -> {
      lookups.incrementAndGet();
      await(answered);
      return addresses(V4);
    });
    List<Future<Resolution>> all = new ArrayList<>();
    for (int port = 1; port <= 100; port++) {
      all.add(resolver.resolve(port % 2 == 0 ? "one.test" : "ONE.test", port));
    }
    answered.countDown();

    await(Future.all(all));

    assertThat(lookups).hasValue(1);
    assertThat(all.get(41).result().addresses()).containsExactly(new Address(V4, 42, 0));
    await(resolver.resolve("one.test", 80));
    assertThat(lookups).as("the system has a cache of its own").hasValue(2);
  }

  @Test
  void aFailureIsSharedButNotRemembered() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    SystemResolver resolver = resolver(Map.of(), host -> {
      if (lookups.getAndIncrement() == 0) {
        throw new UnknownHostException(host);
      }
      return addresses(V4);
    });
    assertThatThrownBy(() -> await(resolver.resolve("x.test", 80))).isNotNull();
    assertThat(await(resolver.resolve("x.test", 80)).addresses()).hasSize(1);
  }

  @Test
  void everyCallerIsAnsweredOnItsOwnContext() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    SystemResolver resolver = resolver(Map.of(), host -> {
      await(answered);
      return addresses(V4);
    });
    List<Future<Boolean>> all = new CopyOnWriteArrayList<>();
    await(vertx.deployVerticle(() -> new AbstractVerticle() {
      @Override
      public void start() {
        Promise<Boolean> own = Promise.promise();
        resolver.resolve("one.test", 80).onComplete(over -> own.complete(Vertx.currentContext() == context));
        all.add(own.future());
      }
    }, new DeploymentOptions().setInstances(4)));
    answered.countDown();
    await(Future.all(all));
    assertThat(all).hasSize(4).allMatch(Future::result);
  }

  private SystemResolver resolver(Map<String, String> settings, SystemResolver.Lookup lookup) {
    BlockingContext context = new BlockingContext(vertx, settings);
    return new SystemResolver(context, DnsSettings.of(context.node()), lookup);
  }

  private static InetAddress[] addresses(String... all) throws UnknownHostException {
    InetAddress[] addresses = new InetAddress[all.length];
    for (int i = 0; i < all.length; i++) {
      addresses[i] = InetAddress.getByName(all[i]);
    }
    return addresses;
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody let this go on");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
