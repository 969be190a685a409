package dev.sluice.plugins.mirror;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Compares two values of JSON by their structure: the order of keys and the form of numbers play no part. Arrays of
 * different lengths differ as a whole. Places are only written out where something differs.
 */
final class JsonDiff {

  private static final int MOST = 200;

  /** How many are looked at, those included that are left out. */
  private static final int MOST_SEEN = 10_000;

  private final Predicate<Difference> leftOut;
  private final List<Difference> found = new ArrayList<>();
  private int seen;
  private boolean more;

  private JsonDiff(Predicate<Difference> leftOut) {
    this.leftOut = leftOut;
  }

  /** A place, by the one that it is in; the outermost has none. */
  private record Place(Place in, String key, int index) {

    String path(boolean kind) {
      return path(kind, new StringBuilder()).toString();
    }

    private StringBuilder path(boolean kind, StringBuilder path) {
      if (in == null) {
        return path.append('$');
      }
      in.path(kind, path);
      return key == null ? kind ? path.append("[*]") : path.append('[').append(index).append(']') : path.append(JsonPath.key(key));
    }

    boolean secret() {
      return in != null && (key != null && Shown.secret(key) || in.secret());
    }
  }

  /**
   * What differs, of which there is no more than what somebody would read.
   *
   * @param leftOut says of what differs whether it is left out
   */
  static Found between(Object primary, Object shadow, Predicate<Difference> leftOut) {
    JsonDiff diff = new JsonDiff(leftOut);
    diff.compare(new Place(null, null, 0), primary, shadow);
    return new Found(diff.found, diff.more);
  }

  private void compare(Place place, Object primary, Object shadow) {
    if (more) {
      return;
    }
    if (primary instanceof JsonObject one && shadow instanceof JsonObject other) {
      objects(place, one, other);
    } else if (primary instanceof JsonArray one && shadow instanceof JsonArray other && one.size() == other.size()) {
      for (int i = 0; i < one.size(); i++) {
        compare(new Place(place, null, i), one.getValue(i), other.getValue(i));
      }
    } else if (!same(primary, shadow)) {
      differs(place, Shown.value(primary, place.secret()), Shown.value(shadow, place.secret()));
    }
  }

  private void objects(Place place, JsonObject one, JsonObject other) {
    Set<String> keys = new LinkedHashSet<>(one.fieldNames());
    keys.addAll(other.fieldNames());
    for (String key : keys) {
      Place inside = new Place(place, key, 0);
      if (!other.containsKey(key)) {
        differs(inside, Shown.value(one.getValue(key), inside.secret()), Shown.ABSENT);
      } else if (!one.containsKey(key)) {
        differs(inside, Shown.ABSENT, Shown.value(other.getValue(key), inside.secret()));
      } else {
        compare(inside, one.getValue(key), other.getValue(key));
      }
    }
  }

  private void differs(Place place, String primary, String shadow) {
    if (more || seen++ >= MOST_SEEN) {
      more = true;
      return;
    }
    Difference difference = new Difference(place.path(false), place.path(true), primary, shadow);
    if (!leftOut.test(difference)) {
      more = found.size() >= MOST;
      if (!more) {
        found.add(difference);
      }
    }
  }

  private static boolean same(Object one, Object other) {
    if (one instanceof Number a && other instanceof Number b && finite(a) && finite(b)) {
      return whole(a) && whole(b) ? a.longValue() == b.longValue() : decimal(a).compareTo(decimal(b)) == 0;
    }
    return Objects.equals(one, other);
  }

  /** What is too large for a double has been read as infinite. */
  private static boolean finite(Number number) {
    return !(number instanceof Double value) || Double.isFinite(value);
  }

  private static BigDecimal decimal(Number number) {
    return new BigDecimal(number.toString());
  }

  private static boolean whole(Number number) {
    return number instanceof Integer || number instanceof Long;
  }
}
