package dev.sluice.kernel.pipeline;

/** Takes a request upstream and its answer back to the client. */
@FunctionalInterface
public interface Forwarder {

  /** Forwards a request whose filters have let it pass, on its event loop. */
  void forward(Exchange exchange);
}
