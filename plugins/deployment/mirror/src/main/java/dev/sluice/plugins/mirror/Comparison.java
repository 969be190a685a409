package dev.sluice.plugins.mirror;

import dev.sluice.api.deployment.CopiedAnswer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Compares two answers: status, the headers of choice, and bodies: JSON by its structure, all else byte by byte. */
record Comparison(MirrorConfig.CompareConfig config) {

  /** Where a body that is no JSON differs. */
  static final String BODY = "body";

  static final String STATUS = "status";

  /** What differs, one of each kind. Answers with different statuses are not looked at any further. */
  List<Difference> kinds(CopiedAnswer primary, CopiedAnswer shadow) {
    Set<String> seen = new HashSet<>();
    return between(primary, shadow, each -> !seen.add(each.kind())).differences();
  }

  /**
   * What differs. Answers with different statuses are not looked at any further.
   *
   * @param noise what is left out besides what is ignored
   */
  Found between(CopiedAnswer primary, CopiedAnswer shadow, Predicate<Difference> noise) {
    if (config.status() && primary.status() != shadow.status()) {
      String other = String.valueOf(shadow.status());
      return new Found(List.of(new Difference(STATUS, String.valueOf(primary.status()), other)), false);
    }
    List<Difference> found = new ArrayList<>();
    for (String name : config.headers()) {
      header(name, primary, shadow).filter(noise.negate()).ifPresent(found::add);
    }
    if (config.ignoreBody().stream().anyMatch(path -> path.text().equals("$"))) {
      return new Found(found, false);
    }
    Found inside = bodies(primary, shadow, each -> ignored(each) || noise.test(each));
    found.addAll(inside.differences());
    return new Found(found, inside.more());
  }

  private boolean ignored(Difference difference) {
    return config.ignoreBody().stream().anyMatch(path -> path.holds(difference.place()));
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

  private static Found bodies(CopiedAnswer primary, CopiedAnswer shadow, Predicate<Difference> leftOut) {
    if (primary.body().equals(shadow.body())) {
      return new Found(List.of(), false);
    }
    Buffer one = Body.plain(primary);
    Buffer other = Body.plain(shadow);
    if (json(primary) && json(shadow)) {
      try {
        return JsonDiff.between(Json.decodeValue(one), Json.decodeValue(other), leftOut);
      } catch (DecodeException e) {
        // One of them says that it is JSON and is not: bytes remain.
      }
    }
    if (one.equals(other)) {
      return new Found(List.of(), false);
    }
    Difference bytes = new Difference(BODY, Body.shown(one), Body.shown(other));
    return new Found(leftOut.test(bytes) ? List.of() : List.of(bytes), false);
  }

  private static boolean json(CopiedAnswer answer) {
    return answer.headers().get("Content-Type").map(type -> type.toLowerCase(Locale.ROOT).contains("json")).orElse(false);
  }
}
