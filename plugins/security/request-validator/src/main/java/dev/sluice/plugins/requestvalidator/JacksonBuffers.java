package dev.sluice.plugins.requestvalidator;

import com.fasterxml.jackson.core.util.BufferRecyclers;

/**
 * Jackson leaves buffers with each thread that has written a value as text, for which it uses a mapper that nobody can
 * choose. They would keep this jar's classes: they are tracked, as Jackson can when it is told in time, and let go.
 */
@SuppressWarnings("deprecation")
final class JacksonBuffers {

  private final boolean tracked;

  private JacksonBuffers(boolean tracked) {
    this.tracked = tracked;
  }

  /** Begins, before anything else has to do with Jackson. Its setting is one of the process, and is taken back at once. */
  static JacksonBuffers track() {
    String name = BufferRecyclers.SYSTEM_PROPERTY_TRACK_REUSABLE_BUFFERS;
    String before = System.getProperty(name);
    System.setProperty(name, "true");
    try {
      return new JacksonBuffers(releases());
    } finally {
      if (before == null) {
        System.clearProperty(name);
      } else {
        System.setProperty(name, before);
      }
    }
  }

  /** Where somebody else came first, as in a test without a jar, there is nothing to let go. */
  private static boolean releases() {
    try {
      BufferRecyclers.releaseBuffers();
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** Lets go of all of them. */
  void release() {
    if (tracked) {
      BufferRecyclers.releaseBuffers();
    }
  }
}
