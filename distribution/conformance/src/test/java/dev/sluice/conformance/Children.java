package dev.sluice.conformance;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes that were started and have not been seen to end: none of them outlives the suite. */
final class Children {

  private static final Set<ProcessHandle> ALIVE = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(ProcessHandle::destroyForcibly)));
  }

  private Children() {}

  static ProcessHandle adopt(ProcessHandle process) {
    ALIVE.add(process);
    process.onExit().thenRun(() -> ALIVE.remove(process));
    return process;
  }

  /** Ends a process, if it has not, as {@code kill -9} does. */
  static void kill(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().join();
  }
}
