package dev.sluice.plugins.mtlsauth;

import java.util.List;

/**
 * What is thought of a certificate.
 *
 * @param good whether its client is let in
 * @param reason why not, for the log
 * @param authorities the ids of those that vouch for it, the nearest first
 * @param until milliseconds since the epoch; from then on it must be looked at anew
 */
record Verdict(boolean good, String reason, List<String> authorities, long until) {

  static Verdict bad(String reason, long until) {
    return new Verdict(false, reason, List.of(), until);
  }

  Verdict atMostUntil(long end) {
    return end < until ? new Verdict(good, reason, authorities, end) : this;
  }
}
