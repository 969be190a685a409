package dev.sluice.api;

/** Something that goes on until it is closed. Closing twice does nothing. */
@FunctionalInterface
public interface Registration extends AutoCloseable {

  @Override
  void close();
}
