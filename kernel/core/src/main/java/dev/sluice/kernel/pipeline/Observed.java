package dev.sluice.kernel.pipeline;

import dev.sluice.api.deployment.CopiedAnswer;
import dev.sluice.api.deployment.Copies;
import dev.sluice.api.deployment.Onlooker;
import dev.sluice.kernel.snapshot.FilterInstance;
import dev.sluice.kernel.snapshot.StrategyGroups;
import io.netty.buffer.ByteBuf;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an onlooker is shown of a request and its answer: collects it on the way, up to a bound. */
public final class Observed {

  private static final Logger log = LoggerFactory.getLogger(Observed.class);

  private final Exchange exchange;
  private final FilterInstance strategy;
  private final StrategyGroups groups;
  private final Onlooker onlooker;
  private final int most;
  private Buffer streamed;
  private boolean tooLarge;
  private boolean sent;
  private boolean outgrown;
  private boolean over;
  private long sentNanos;
  private boolean timed;
  private KeptAnswer answer;

  Observed(Exchange exchange, FilterInstance strategy, StrategyGroups groups, Onlooker onlooker) {
    this.exchange = exchange;
    this.strategy = strategy;
    this.groups = groups;
    this.onlooker = onlooker;
    this.most = onlooker.maxBody();
  }

  /** The most bytes of a body that are kept. */
  public int most() {
    return most;
  }

  /** The groups of the strategy. */
  public StrategyGroups groups() {
    return groups;
  }

  /** A part of the request's body has been passed on. */
  public void part(Buffer chunk) {
    if (over) {
      return;
    }
    int before = streamed == null ? 0 : streamed.length();
    if (before + chunk.length() > most) {
      streamed = null;
      outgrown();
    } else if (!tooLarge) {
      streamed = streamed == null ? Buffer.buffer() : streamed;
      streamed.appendBuffer(chunk);
    }
  }

  private void outgrown() {
    if (!tooLarge) {
      tooLarge = true;
      tell(Onlooker::tooLarge);
    }
  }

  /**
   * The request has been sent; perhaps again. That a write has failed may be known, and the request be over, before this.
   *
   * @param whole its body; null when there is none, or when it came in parts
   * @param copies makes copies with a body, which may be null
   */
  public void sent(Buffer whole, Function<Buffer, Copies> copies) {
    if (over) {
      return;
    }
    sentNanos = System.nanoTime();
    timed = true;
    if (whole != null && whole.length() > most) {
      outgrown();
    }
    if (!sent && !tooLarge) {
      sent = true;
      Buffer body = whole == null ? streamed : whole;
      tell(each -> each.sent(copies.apply(body)));
    }
  }

  /** The head of an answer has come. */
  public void head(int status, MultiMap lines) {
    // A server may answer before it has read the request.
    long latency = timed ? System.nanoTime() - sentNanos : 0;
    answer = new KeptAnswer(exchange.outbound().method(), status, lines, most, latency);
  }

  /** A part of the answer has come, which belongs to others. */
  public void content(ByteBuf content, boolean last) {
    answer.content(content, last);
  }

  /** What has come of the answer has been passed on. */
  public void passed() {
    if (!outgrown && !over && answer.outgrown()) {
      outgrown = true;
      CopiedAnswer head = answer.answer();
      tell(each -> each.outgrown(head));
    }
  }

  void ended() {
    over = true;
    Optional<CopiedAnswer> complete =
        Optional.ofNullable(answer).filter(KeptAnswer::complete).map(KeptAnswer::answer);
    tell(each -> each.ended(complete));
  }

  private void tell(Consumer<Onlooker> what) {
    exchange
        .loop()
        .dispatch(
            () -> {
              Occupation occupation = exchange.loop().occupation();
              FilterInstance before = occupation.begin(strategy);
              try {
                what.accept(onlooker);
              } catch (RuntimeException | LinkageError e) {
                log.error("request {}: strategy {} cannot look on", exchange.id(), strategy, e);
              } finally {
                occupation.end(before);
              }
            });
  }
}
