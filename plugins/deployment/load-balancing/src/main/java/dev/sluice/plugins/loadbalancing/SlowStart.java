package dev.sluice.plugins.loadbalancing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets those who come into service beside others begin with a part of their share, which grows evenly until it is the
 * whole. Safe for all threads. While nobody is new it costs the reading of one number.
 */
final class SlowStart {

  /** The part to begin with: with less a server would hardly get warm. */
  static final double LEAST = 0.1;

  /** The golden section in units of 2^-64: of all sequences its multiples fall most evenly. */
  private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

  private final List<Peer> peers;
  private final long millis;
  private final LongSupplier clock;
  /** When nobody will be new any more; 0 when nobody is. */
  private final AtomicLong end = new AtomicLong();

  /**
   * Makes one.
   *
   * @param time how long somebody is new; zero switches it off
   * @param clock milliseconds, those of {@code TargetState.servingSince}
   */
  SlowStart(List<Peer> peers, Duration time, LongSupplier clock) {
    this.peers = peers;
    this.millis = time.toMillis();
    this.clock = clock;
  }

  /** Looks who is new; to be called after each change. */
  void look() {
    if (millis > 0) {
      long last = peers.stream().mapToLong(peer -> peer.state().servingSince()).max().orElse(0) + millis;
      end.set(last > clock.getAsLong() ? last : 0);
    }
  }

  /** Whether somebody is new. */
  boolean on() {
    long last = end.get();
    if (last == 0) {
      return false;
    }
    if (clock.getAsLong() < last) {
      return true;
    }
    end.compareAndSet(last, 0);
    return false;
  }

  /** The part of its share that a peer is to have now, up to 1. */
  double part(Peer peer) {
    return part(peer, clock.getAsLong());
  }

  private double part(Peer peer, long now) {
    long age = now - peer.state().servingSince();
    // Before its time: the clock was set back.
    return age < 0 || age >= millis ? 1 : Math.max(LEAST, (double) age / millis);
  }

  /** Whether a peer that is drawn by its full share is to be picked this time. */
  boolean admits(Peer peer) {
    double part = part(peer);
    return part >= 1 || fraction(peer.offers().getAndIncrement()) < part;
  }

  /**
   * Whose turn it is among those who are new: each has as many turns as is its part of its share.
   *
   * @param number of the pick
   * @return the index of the peer; -1 when it is the turn of those who are not new
   */
  int turn(int number) {
    long now = clock.getAsLong();
    long healthy = 0;
    for (int i = 0; i < peers.size(); i++) {
      healthy += peers.get(i).healthy() ? peers.get(i).weight() : 0;
    }
    double point = fraction(number) * healthy;
    for (int i = 0; i < peers.size(); i++) {
      Peer peer = peers.get(i);
      double part = peer.healthy() ? part(peer, now) : 1;
      if (part < 1) {
        point -= part * peer.weight();
        if (point < 0) {
          return i;
        }
      }
    }
    return -1;
  }

  private static double fraction(int number) {
    return (number * STEP >>> 11) * 0x1p-53;
  }
}
