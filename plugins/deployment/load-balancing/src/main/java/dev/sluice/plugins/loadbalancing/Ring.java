package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.PickContext;
import dev.sluice.api.upstream.TargetState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A ring of slots, some of which belong to peers. A key belongs to the nearest owned slot at or below its own. Slots
 * are laid out as Kong does it, so that a key keeps its target when a node of either kind takes over. Immutable.
 */
final class Ring {

  private static final int POINTS_PER_TARGET = 160;

  /** The order in which peers claim their slots; it matters where two want the same one. */
  private static final Comparator<Peer> ORDER =
      Comparator.comparing((Peer peer) -> peer.state().host())
          .thenComparingInt(peer -> peer.state().port())
          .thenComparing(peer -> peer.state().address());

  private final int slots;
  private final int[] points;
  private final Peer[] owners;

  private Ring(Peer[] ring) {
    slots = ring.length;
    points = new int[(int) Arrays.stream(ring).filter(peer -> peer != null).count()];
    owners = new Peer[points.length];
    int count = 0;
    for (int slot = 0; slot < ring.length; slot++) {
      if (ring[slot] != null) {
        points[count] = slot;
        owners[count++] = ring[slot];
      }
    }
  }

  /**
   * Lays out a ring.
   *
   * @param targets how many targets the upstream has, those without weight included
   * @param slots how long it should be; it gets longer where the peers would not fit
   */
  static Ring of(List<Peer> peers, int targets, int slots) {
    List<Peer> sorted = peers.stream().sorted(ORDER).toList();
    int[] wanted = points(sorted, targets);
    int size = slots;
    while (Weights.sum(wanted) > size) {
      size *= 2;
    }
    Optional<Ring> ring = layOut(sorted, wanted, size);
    while (ring.isEmpty()) {
      size *= 2;
      ring = layOut(sorted, wanted, size);
    }
    return ring.get();
  }

  private static int[] points(List<Peer> peers, int targets) {
    long total = peers.stream().mapToLong(Peer::weight).sum();
    return peers.stream()
        .mapToDouble(peer -> (double) peer.weight() / total * targets * POINTS_PER_TARGET)
        .mapToInt(points -> Math.max(1, (int) Math.floor(points)))
        .toArray();
  }

  private static Optional<Ring> layOut(List<Peer> peers, int[] wanted, int slots) {
    Peer[] ring = new Peer[slots];
    int collisions = 0;
    for (int index = 0; index < wanted.length; index++) {
      Peer peer = peers.get(index);
      String name = peer.state().address() + "::" + peer.state().port() + " ";
      for (int i = 1, owned = 0; owned < wanted[index]; i++) {
        int slot = slot((name + i).getBytes(StandardCharsets.ISO_8859_1), slots);
        if (ring[slot] == null) {
          ring[slot] = peer;
          owned++;
        } else if (++collisions > slots) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new Ring(ring));
  }

  /** The peer of a key; while that one is down, or the request has failed there, the next below it. */
  Optional<TargetState> pick(byte[] key, PickContext context) {
    if (points.length == 0) {
      return Optional.empty();
    }
    int found = Arrays.binarySearch(points, slot(key, slots));
    int point = found >= 0 ? found : -found - 2;
    Optional<TargetState> failed = Optional.empty();
    for (int step = 0; step < points.length; step++, point--) {
      if (point < 0) {
        point += points.length;
      }
      Peer peer = owners[point];
      if (peer.healthy()) {
        if (!peer.failed(context)) {
          return peer.answer();
        }
        failed = failed.isEmpty() ? peer.answer() : failed;
      }
    }
    return failed;
  }

  private static int slot(byte[] key, int slots) {
    return (int) (XxHash32.hash(key) % slots);
  }
}
