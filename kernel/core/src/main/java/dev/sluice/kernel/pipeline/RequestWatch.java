package dev.sluice.kernel.pipeline;

import dev.sluice.api.request.RequestObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of the requests that end on one event loop. */
final class RequestWatch {

  private static final Logger log = LoggerFactory.getLogger(RequestWatch.class);

  private final int loop;
  private final RequestObservers observers;
  private final EndedExchange shown = new EndedExchange();

  /**
   * Makes that of an event loop.
   *
   * @param loop its number, from 0
   */
  RequestWatch(int loop, RequestObservers observers) {
    this.loop = loop;
    this.observers = observers;
  }

  void ended(Exchange exchange) {
    RequestObservers.Entry[] now = observers.entries();
    if (now.length > 0) {
      shown.show(exchange);
      tell(now, true);
      shown.show(null);
    }
  }

  void tick() {
    tell(observers.entries(), false);
  }

  private void tell(RequestObservers.Entry[] now, boolean ended) {
    for (RequestObservers.Entry each : now) {
      try {
        RequestObserver observer = each.of(loop);
        if (ended) {
          observer.ended(shown);
        } else {
          observer.tick();
        }
      } catch (RuntimeException | LinkageError e) {
        each.silence(loop);
        log.error("an observer of requests failed, and is not asked again by event loop {}", loop, e);
      }
    }
  }
}
