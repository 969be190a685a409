package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.ApiError;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** How many arguments a request may have. */
final class ArgumentLimit {

  private static final int MOST = 1000;

  private ArgumentLimit() {}

  static void check(Map<String, List<String>> query) {
    check(query.values().stream().mapToInt(Collection::size).sum());
  }

  static void check(int count) {
    if (count > MOST) {
      throw ApiError.of(400, "Too many arguments");
    }
  }
}
