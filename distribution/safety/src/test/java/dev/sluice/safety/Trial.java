package dev.sluice.safety;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One case of the suite: what was sent, what was seen, and at its end the oracle and a row in the table. */
final class Trial implements AutoCloseable {

  /** After so many connections that hang there is nothing more to learn, and much time to lose. */
  private static final int ENOUGH = 3;

  private final Rig rig;
  private final String id;
  private final String sent;
  private final String expected;
  private final Map<String, Integer> seen = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private final int parsedBefore;
  private int accepted;
  private int silences;
  private boolean counts = true;
  private boolean errorsAllowed;

  Trial(Rig rig, String id, String sent, String expected) {
    this.rig = rig;
    this.id = id;
    this.sent = sent;
    this.expected = expected;
    this.parsedBefore = rig.origin.parsed();
    rig.errors().take();
  }

  /** The gateway may log errors, since a part of it is made to fail. */
  Trial withErrors() {
    errorsAllowed = true;
    return this;
  }

  /** The number of requests says nothing, since some are broken off under way. */
  Trial uncounted() {
    counts = false;
    return this;
  }

  void saw(String what, boolean passed, String about) {
    seen.merge(what, 1, Integer::sum);
    if (!passed) {
      failures.add(about.replace("\r", "\\r").replace("\n", "\\n") + " -> " + what);
    }
  }

  /** Notes that the origin has answered so many requests of this trial. */
  void accepted(int more) {
    accepted += more;
  }

  /** Sends bytes that no server may take for a request. */
  void refused(String bytes) {
    refused(bytes, 400);
  }

  void refused(String bytes, int status) {
    List<Answer> answers = exchange(bytes);
    boolean passed = answers.size() == 1 && answers.get(0).status() == status;
    saw(answers.toString(), passed, bytes);
  }

  /** Sends bytes after whose refusal it does not matter whether there was an answer. */
  void refusedOrDropped(String bytes) {
    List<Answer> answers = exchange(bytes);
    boolean passed = answers.isEmpty() || answers.size() == 1 && answers.get(0).status() == 400;
    saw(answers.isEmpty() ? "dropped" : answers.toString(), passed, bytes);
  }

  /** Sends bytes on a connection of their own; what the origin has answered counts as accepted. */
  List<Answer> exchange(String bytes) {
    if (silences >= ENOUGH) {
      return List.of();
    }
    try (Wire wire = rig.wire()) {
      List<Answer> answers = wire.send(bytes).answers();
      silences += answers.stream().anyMatch(each -> each.status() == Answer.SILENCE) ? 1 : 0;
      accepted(answers);
      return answers;
    }
  }

  List<Answer> accepted(List<Answer> answers) {
    accepted += (int) answers.stream().filter(Answer::fromOrigin).count();
    return answers;
  }

  Answer accepted(Answer answer) {
    accepted += answer.fromOrigin() ? 1 : 0;
    return answer;
  }

  @Override
  public void close() {
    String excess = rig.calm();
    if (!excess.isEmpty()) {
      saw(excess, false, "after 5 s");
    }
    int parsed = rig.origin.parsed() - parsedBefore;
    if (counts && parsed != accepted) {
      saw("the origin parsed " + parsed + " and the gateway accepted " + accepted, false, "all");
    }
    List<String> faults = rig.origin.takeFaults();
    if (!faults.isEmpty()) {
      saw("the origin: " + faults, false, "all");
    }
    List<String> errors = rig.errors().take();
    if (!errors.isEmpty() && !errorsAllowed) {
      saw("logged: " + errors, false, "all");
    }
    StringBuilder all = new StringBuilder();
    seen.forEach((what, times) -> all.append(all.isEmpty() ? "" : "; ").append(what).append(times > 1 ? " ×" + times : ""));
    Table.row(id, sent, expected, all.toString().replace("|", "\\|").replace("\n", " "), failures.isEmpty());
    if (!failures.isEmpty()) {
      throw new AssertionError(id + ", expected " + expected + ":\n" + String.join("\n", failures.subList(0, Math.min(failures.size(), 40))));
    }
  }
}
