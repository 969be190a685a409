package dev.sluice.kernel.pipeline;

/**
 * The listener that a request came through.
 *
 * @param port as clients see it
 * @param portText the same
 * @param ssl whether TLS is terminated here
 * @param verifiesClients whether clients are asked for certificates
 */
public record ListenerInfo(int port, String portText, boolean ssl, boolean verifiesClients) {

  /** The same, its port written out. */
  public ListenerInfo(int port, boolean ssl, boolean verifiesClients) {
    this(port, Integer.toString(port), ssl, verifiesClients);
  }
}
