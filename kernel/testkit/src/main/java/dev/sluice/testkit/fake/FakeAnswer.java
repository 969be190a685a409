package dev.sluice.testkit.fake;

import dev.sluice.api.request.ClientResponse;
import dev.sluice.api.request.MutableHeaders;
import io.vertx.core.MultiMap;

/** An answer that has not been given yet, to which headers may be added. */
final class FakeAnswer implements ClientResponse {

  private final MutableHeaders headers = new FakeHeaders(MultiMap.caseInsensitiveMultiMap());

  @Override
  public int status() {
    return 0;
  }

  @Override
  public ClientResponse status(int status) {
    throw new IllegalStateException("there is no answer yet");
  }

  @Override
  public MutableHeaders headers() {
    return headers;
  }

  @Override
  public long bytesSent() {
    return 0;
  }
}
