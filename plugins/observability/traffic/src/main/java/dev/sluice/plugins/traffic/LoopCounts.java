package dev.sluice.plugins.traffic;

import dev.sluice.api.entity.Service;
import dev.sluice.api.entity.Upstream;
import dev.sluice.api.request.EndedRequest;
import dev.sluice.api.request.RequestObserver;
import dev.sluice.api.routing.RouteDefinition;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts the requests of one event loop, which alone touches it, but for the windows: these are handed over when their
 * second has passed, and may be read from anywhere. Where there is no room, the oldest ones tell places apart no more.
 */
final class LoopCounts implements RequestObserver {

  private static final int MOST_CELLS = 50_000;
  private static final int MOST_SPARE = 200;

  /** How many records are summed up in a second: more than come. */
  private static final int MOST_SUMMED = 2 * MOST_CELLS;

  private static final int SWEEP_SECONDS = 60;

  private final Clock clock;
  private final Counts all;
  private final Tail tail;
  private final Tail.Meter meter = new Tail.Meter();
  private final Map<String, Cell> cells = new HashMap<>();
  private final Cell rest = new Cell(Place.REST);
  private final List<Cell> touched = new ArrayList<>();
  private final ArrayDeque<int[]> spare = new ArrayDeque<>();
  private final int[] scratch = new int[Cell.SLOTS];
  private final ConcurrentLinkedQueue<AtomicReference<Window>> windows = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<AtomicReference<Window>> apart = new ArrayDeque<>();
  private long second;
  private long swept;
  private long bytes;
  private int size;

  /** The first cells of routes, each by its route's number, as far as that goes; another route may have taken its place. */
  private Cell[] near = new Cell[64];

  LoopCounts(Clock clock, Counts all, Tail tail) {
    this.clock = clock;
    this.all = all;
    this.tail = tail;
    this.second = clock.millis() / 1000;
    this.swept = second;
  }

  /** The seconds of the last minutes in which there was something, oldest first. */
  Iterable<Window> windows() {
    return () -> windows.stream().map(AtomicReference::get).iterator();
  }

  @Override
  public void ended(EndedRequest request) {
    Cell cell = cell(request);
    if (cell.empty()) {
      touched.add(cell);
    } else if (cell.full()) {
      cell.begin(spare.isEmpty() ? new int[Cell.SLOTS] : spare.pop());
    }
    cell.count(request.status(), request.tookNanos(), request.upstreamNanos(), request.received(), request.sent());
    tail.show(request, meter);
  }

  /**
   * Of ten thousand routes none is in the caches when its turn comes, and each step of a search is a wait for memory: so the
   * cells are found by the numbers of their routes first.
   */
  private Cell cell(EndedRequest request) {
    Optional<RouteDefinition> definition = request.route();
    if (definition.isEmpty()) {
      return search(request, definition);
    }
    RouteDefinition its = definition.get();
    Upstream asked = request.upstream().orElse(null);
    for (Cell each = near[its.number() & near.length - 1]; each != null; each = each.next()) {
      if (each.noted(its, asked)) {
        return each;
      }
    }
    Cell found = search(request, definition);
    if (found != rest) {
      found.note(its, asked);
      near[its.number() & near.length - 1] = cells.get(its.route().id());
    }
    return found;
  }

  private Cell search(EndedRequest request, Optional<RouteDefinition> definition) {
    String route = definition.isPresent() ? definition.get().route().id() : "";
    Optional<Service> its = definition.isPresent() ? definition.get().service() : Optional.empty();
    String service = its.isPresent() ? its.get().id() : "";
    Optional<Upstream> asked = request.upstream();
    String upstream = asked.isPresent() ? asked.get().id() : "";
    Cell first = cells.get(route);
    for (Cell each = first; each != null; each = each.next()) {
      if (each.place().is(request.workspace(), service, upstream)) {
        return each;
      }
    }
    if (size >= MOST_CELLS) {
      return rest;
    }
    Cell made = new Cell(new Place(request.workspace(), service, route, upstream));
    made.next(first);
    cells.put(route, made);
    size++;
    if (size > near.length) {
      near = new Cell[2 * near.length];
    }
    return made;
  }

  @Override
  public void tick() {
    meter.turn();
    long now = clock.millis() / 1000;
    if (now == second) {
      return;
    }
    if (!touched.isEmpty()) {
      hand(new Window.Writer(second, true, touched.size()));
    }
    second = now;
    while (!windows.isEmpty() && windows.peek().get().second() < now - Counts.KEPT_SECONDS) {
      forget();
    }
    makeRoom();
    if (now - swept >= SWEEP_SECONDS || now < swept) {
      sweep(now - SWEEP_SECONDS);
      swept = now;
    }
  }

  private void hand(Window.Writer writer) {
    for (Cell each : touched) {
      int[] clean = each.drain(writer, second, scratch);
      if (clean != scratch && spare.size() < MOST_SPARE) {
        spare.push(clean);
      }
    }
    touched.clear();
    Window window = writer.window();
    bytes += window.bytes();
    AtomicReference<Window> shown = new AtomicReference<>(window);
    windows.add(shown);
    apart.add(shown);
  }

  /** Lets go of the oldest window. */
  private void forget() {
    AtomicReference<Window> oldest = windows.remove();
    bytes -= oldest.get().bytes();
    if (apart.peek() == oldest) {
      apart.remove();
    }
  }

  /** Has the oldest windows tell places apart no more, and lets go of them where that is not enough. */
  private void makeRoom() {
    long most = all.share();
    int summed = 0;
    while (bytes > most && summed < MOST_SUMMED) {
      if (apart.size() > 1) {
        AtomicReference<Window> oldest = apart.remove();
        Window before = oldest.get();
        oldest.set(before.summed());
        bytes += oldest.get().bytes() - before.bytes();
        summed += before.size();
      } else if (windows.size() > 1) {
        forget();
      } else {
        return;
      }
    }
  }

  /** Lets go of the cells where nothing happens any more. */
  private void sweep(long since) {
    int before = size;
    for (Iterator<Map.Entry<String, Cell>> routes = cells.entrySet().iterator(); routes.hasNext(); ) {
      Map.Entry<String, Cell> route = routes.next();
      Cell busy = null;
      for (Cell each = route.getValue(); each != null; ) {
        Cell following = each.next();
        if (each.busySince(since)) {
          each.next(busy);
          busy = each;
        } else {
          size--;
        }
        each = following;
      }
      if (busy == null) {
        routes.remove();
      } else {
        route.setValue(busy);
      }
    }
    if (size < before) {
      near = new Cell[near.length];
    }
  }
}
