package dev.sluice.kernel.pipeline;

import dev.sluice.api.Registration;
import dev.sluice.api.request.RequestObserver;
import java.util.function.Supplier;

/**
 * Who is told of requests that have ended. They come and go by any thread; event loops look at an array that never
 * changes, and each makes and asks an observer of its own.
 */
public final class RequestObservers {

  private static final Entry[] NOBODY = {};

  private static final RequestObserver SILENT = request -> {};

  private final int loops;
  private volatile Entry[] entries = NOBODY;

  /**
   * Nobody yet.
   *
   * @param loops how many event loops there are
   */
  public RequestObservers(int loops) {
    this.loops = loops;
  }

  /** Somebody, with an observer for each event loop that has had something to tell; each touches its own alone. */
  static final class Entry {
    private final Supplier<? extends RequestObserver> make;
    private final RequestObserver[] made;

    private Entry(Supplier<? extends RequestObserver> make, int loops) {
      this.make = make;
      this.made = new RequestObserver[loops];
    }

    /** The observer of an event loop; on it. */
    RequestObserver of(int loop) {
      RequestObserver own = made[loop];
      if (own == null) {
        own = make.get();
        made[loop] = own;
      }
      return own;
    }

    /** Has an event loop ask no more; on it. */
    void silence(int loop) {
      made[loop] = SILENT;
    }
  }

  /** Has somebody told, until the registration is closed. */
  public synchronized Registration on(Supplier<? extends RequestObserver> observers) {
    Entry entry = new Entry(observers, loops);
    Entry[] more = new Entry[entries.length + 1];
    System.arraycopy(entries, 0, more, 0, entries.length);
    more[entries.length] = entry;
    entries = more;
    return () -> off(entry);
  }

  private synchronized void off(Entry gone) {
    int at = 0;
    while (at < entries.length && entries[at] != gone) {
      at++;
    }
    if (at == entries.length) {
      return;
    }
    Entry[] fewer = new Entry[entries.length - 1];
    System.arraycopy(entries, 0, fewer, 0, at);
    System.arraycopy(entries, at + 1, fewer, at, fewer.length - at);
    entries = fewer;
  }

  Entry[] entries() {
    return entries;
  }
}
