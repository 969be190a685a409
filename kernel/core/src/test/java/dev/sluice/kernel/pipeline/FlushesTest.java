package dev.sluice.kernel.pipeline;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** On a real event loop, whose channels note what reaches them. */
class FlushesTest {

  private final NioEventLoopGroup loops = new NioEventLoopGroup(1);
  private final EventLoop loop = loops.next();
  private final Flushes flushes = new Flushes();
  private final List<String> sent = new ArrayList<>();
  private final List<Runnable> afterFlush = new ArrayList<>();

  @AfterEach
  void end() {
    loops.shutdownGracefully();
  }

  /** A connection with a name, whose bottom notes each flush. */
  private Flushes.Sender connection(String name) throws ExecutionException, InterruptedException {
    LocalChannel channel = new LocalChannel();
    loop.register(channel).get();
    channel.pipeline().addLast(new Bottom(name));
    ChannelInboundHandlerAdapter user = new ChannelInboundHandlerAdapter();
    channel.pipeline().addLast(user);
    return flushes.of(channel.pipeline().context(user));
  }

  private final class Bottom extends ChannelOutboundHandlerAdapter {
    private final String name;

    Bottom(String name) {
      this.name = name;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      ReferenceCountUtil.release(message);
      promise.setSuccess();
    }

    @Override
    public void flush(ChannelHandlerContext context) {
      sent.add(name);
      List<Runnable> then = List.copyOf(afterFlush);
      afterFlush.clear();
      then.forEach(Runnable::run);
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
      sent.add(name + " closed");
      context.close(promise);
    }
  }

  /** Runs a task and waits for the end of its turn, and for the ends of two more. */
  private void turn(Runnable task) throws ExecutionException, InterruptedException {
    CompletableFuture<Void> over = new CompletableFuture<>();
    loop.submit(
            () -> {
              task.run();
              after(3, over);
            })
        .get();
    over.get();
  }

  private void after(int turns, CompletableFuture<Void> over) {
    if (turns == 0) {
      over.complete(null);
    } else {
      ((SingleThreadEventLoop) loop).executeAfterEventLoopIteration(() -> after(turns - 1, over));
    }
  }

  @Test
  void sendsOnceForEachConnectionAtTheEndOfTheTurn() throws Exception {
    Flushes.Sender a = connection("a");
    Flushes.Sender b = connection("b");
    List<String> during = new ArrayList<>();
    turn(
        () -> {
          a.soon();
          b.soon();
          a.soon();
          during.addAll(sent);
        });
    assertThat(during).isEmpty();
    assertThat(sent).containsExactly("a", "b");
    turn(b::soon);
    assertThat(sent).containsExactly("a", "b", "b");
  }

  @Test
  void aHandlerSendsTogetherWhatThoseAboveItSendAndAllBeforeItCloses() throws Exception {
    LocalChannel channel = new LocalChannel();
    loop.register(channel).get();
    channel.pipeline().addLast(new Bottom("a")).addLast(new SendTogether(flushes));
    List<String> during = new ArrayList<>();
    turn(
        () -> {
          channel.writeAndFlush("one");
          channel.writeAndFlush("two");
          during.addAll(sent);
        });
    assertThat(during).isEmpty();
    assertThat(sent).containsExactly("a");
    turn(
        () -> {
          channel.writeAndFlush("three");
          channel.close();
        });
    assertThat(sent).containsExactly("a", "a", "a closed");
  }

  @Test
  void sendsAtOnceBeforeAConnectionIsClosedAndNotAgain() throws Exception {
    Flushes.Sender a = connection("a");
    turn(
        () -> {
          a.now();
          assertThat(sent).isEmpty();
          a.soon();
          a.now();
          assertThat(sent).containsExactly("a");
        });
    assertThat(sent).containsExactly("a");
  }

  @Test
  void forgetsNoneOfManyNorOfThoseThatComeWhileItSends() throws Exception {
    List<Flushes.Sender> many = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      many.add(connection("c" + i));
    }
    Flushes.Sender late = connection("late");
    turn(
        () -> {
          // From within the first flush so many come that there is no room for all.
          afterFlush.add(() -> many.subList(60, 200).forEach(Flushes.Sender::soon));
          afterFlush.add(late::soon);
          many.subList(0, 60).forEach(Flushes.Sender::soon);
        });
    assertThat(sent).hasSize(201).doesNotHaveDuplicates().contains("late");
  }

  @Test
  void doesNotWaitWithWhatTheClientDoesNotTake() throws Exception {
    LocalChannel channel = new LocalChannel();
    loop.register(channel).get();
    channel.pipeline().addLast(new Bottom("full"));
    ChannelInboundHandlerAdapter user = new ChannelInboundHandlerAdapter();
    channel.pipeline().addLast(user);
    Flushes.Sender sender = flushes.of(channel.pipeline().context(user));
    turn(
        () -> {
          channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
          sender.soon();
          assertThat(sent).containsExactly("full");
        });
  }
}
