package dev.sluice.plugins.loadbalancing;

import java.util.Comparator;

/**
 * The slots among which one occurrence of a peer belongs.
 *
 * @param index of the peer
 * @param number of the occurrence, from 0
 * @param begin the first slot
 * @param end the slot after the last
 */
record Window(int index, int number, long begin, long end) {

  static final Comparator<Window> BY_BEGIN = Comparator.comparingLong(Window::begin).thenComparingInt(Window::index);
  static final Comparator<Window> BY_END = Comparator.comparingLong(Window::end).thenComparingInt(Window::index);

  static Window of(int index, int number, int weight, long turn) {
    return new Window(index, number, number * turn / weight, -Math.floorDiv(-(number + 1) * turn, (long) weight));
  }
}
