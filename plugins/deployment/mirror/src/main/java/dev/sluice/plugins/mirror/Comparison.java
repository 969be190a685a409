package dev.sluice.plugins.mirror;

import dev.sluice.api.deployment.CopiedAnswer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares two answers: status, the headers of choice, and bodies: JSON by its structure, all else byte by byte. */
record Comparison(MirrorConfig.CompareConfig config) {

  /** Where a body that is no JSON differs. */
  static final String BODY = "body";

  static final String STATUS = "status";

  /** What differs, noise included. Answers with different statuses are not looked at any further. */
  List<Difference> between(CopiedAnswer primary, CopiedAnswer shadow) {
    List<Difference> found = new ArrayList<>();
    if (config.status() && primary.status() != shadow.status()) {
      found.add(new Difference(STATUS, String.valueOf(primary.status()), String.valueOf(shadow.status())));
      return found;
    }
    for (String name : config.headers()) {
      header(name, primary, shadow).ifPresent(found::add);
    }
    for (Difference each : bodies(primary, shadow)) {
      if (config.ignoreBody().stream().noneMatch(path -> ignores(path, each))) {
        found.add(each);
      }
    }
    return found;
  }

  private static boolean ignores(JsonPath path, Difference difference) {
    return path.text().equals("$") || path.holds(difference.place());
  }

  private static Optional<Difference> header(String name, CopiedAnswer primary, CopiedAnswer shadow) {
    List<String> one = primary.headers().getAll(name);
    List<String> other = shadow.headers().getAll(name);
    if (one.equals(other)) {
      return Optional.empty();
    }
    boolean secret = Shown.secret(name);
    return Optional.of(new Difference("header " + name, lines(one, secret), lines(other, secret)));
  }

  private static String lines(List<String> values, boolean secret) {
    return values.isEmpty() ? Shown.ABSENT : Shown.text(String.join(", ", values), secret);
  }

  private static List<Difference> bodies(CopiedAnswer primary, CopiedAnswer shadow) {
    if (primary.body().equals(shadow.body())) {
      return List.of();
    }
    Buffer one = Body.plain(primary);
    Buffer other = Body.plain(shadow);
    if (json(primary) && json(shadow)) {
      try {
        return JsonDiff.between(Json.decodeValue(one), Json.decodeValue(other));
      } catch (DecodeException e) {
        // One of them says that it is JSON and is not: bytes remain.
      }
    }
    return one.equals(other) ? List.of() : List.of(new Difference(BODY, Body.shown(one), Body.shown(other)));
  }

  private static boolean json(CopiedAnswer answer) {
    return answer.headers().get("Content-Type").map(type -> type.toLowerCase(Locale.ROOT).contains("json")).orElse(false);
  }
}
