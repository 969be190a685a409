package dev.sluice.plugins.traffic;

import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.ApiError;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** The arguments of a question, checked. */
record Arguments(AdminRequest request) {

  private static final int BAD_REQUEST = 400;

  /** One that is there and not empty. */
  Optional<String> text(String name) {
    return request.argument(name).filter(each -> !each.isEmpty());
  }

  /** A whole number within bounds. */
  int number(String name, int otherwise, int least, int most) {
    Optional<String> given = text(name);
    if (given.isEmpty()) {
      return otherwise;
    }
    if (!given.get().matches("[0-9]{1,9}")
        || Integer.parseInt(given.get()) < least
        || Integer.parseInt(given.get()) > most) {
      throw refusal(name, "expected an integer between " + least + " and " + most);
    }
    return Integer.parseInt(given.get());
  }

  /** One of some words. */
  String word(String name, String otherwise, List<String> words) {
    String given = text(name).orElse(otherwise);
    if (!words.contains(given)) {
      throw refusal(name, "expected one of: " + String.join(", ", words));
    }
    return given;
  }

  /** A status, or a class of them. */
  String status() {
    String given = text("status").orElse("");
    if (!given.matches("([1-5]xx|[1-5][0-9][0-9])?")) {
      throw refusal("status", "expected a status, such as 404 or 5xx");
    }
    return given;
  }

  private static ApiError refusal(String name, String problem) {
    return new ApiError(
        BAD_REQUEST,
        new JsonObject()
            .put("message", "schema violation (" + name + ": " + problem + ")")
            .put("name", "schema violation")
            .put("code", 2)
            .put("fields", new JsonObject().put(name, problem)));
  }
}
