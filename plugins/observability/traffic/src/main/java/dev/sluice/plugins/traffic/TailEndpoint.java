package dev.sluice.plugins.traffic;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminResponse;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code GET /traffic/tail}: requests as they come, from the first question on. */
final class TailEndpoint {

  private static final int MOST_ROWS = 200;

  private final Tail tail;
  private final Names names;

  TailEndpoint(Tail tail, Names names) {
    this.tail = tail;
    this.names = names;
  }

  /**
   * How far somebody has read.
   *
   * @param watch the watch
   * @param number of the last request
   * @param skipped how many had been left out
   */
  private record Cursor(long watch, long number, long skipped) {

    static final Cursor NONE = new Cursor(0, 0, 0);

    static Cursor of(String text) {
      if (!text.matches("[0-9]{1,18}\\.[0-9]{1,18}\\.[0-9]{1,18}")) {
        return NONE;
      }
      String[] parts = text.split("\\.", -1);
      return new Cursor(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    @Override
    public String toString() {
      return watch + "." + number + "." + skipped;
    }
  }

  Future<AdminResponse> answer(AdminCall call) {
    Arguments arguments = new Arguments(call.request());
    int size = arguments.number("size", MOST_ROWS, 1, MOST_ROWS);
    Cursor given = arguments.text("after").map(Cursor::of).orElse(Cursor.NONE);
    return names
        .wanted(call.workspace(), arguments, arguments.status())
        .map(wanted -> answer(tail.watch(wanted), given, size));
  }

  private static AdminResponse answer(Watch watch, Cursor given, int size) {
    boolean goesOn = given.watch() == watch.id();
    long skipped = watch.skipped();
    Cursor from = goesOn ? given : new Cursor(watch.id(), Math.max(0, watch.last() - size), skipped);
    List<SeenRequest> seen = watch.after(from.number(), size);
    long last = seen.isEmpty() ? from.number() : seen.get(seen.size() - 1).number();
    JsonArray rows = new JsonArray();
    seen.forEach(each -> rows.add(each.json()));
    return AdminResponse.json(200, new JsonObject()
        .put("data", rows)
        .put("next", new Cursor(watch.id(), last, skipped).toString())
        .put("goes_on", goesOn)
        .put("missed", last - from.number() - seen.size() + skipped - from.skipped()));
  }
}
