package dev.sluice.plugins.aiproxy;

import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.ai.llm.LlmException;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Unpacks answers of providers who pack them although they were asked not to. */
final class Unpack {

  private static final int LONGEST = 16 << 20;

  private Unpack() {}

  static Buffer whole(RequestContext context, Buffer body) {
    String coding = context.upstreamResponse().headers().get("Content-Encoding").orElse("identity");
    if (!coding.equalsIgnoreCase("gzip")) {
      return body;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body.getBytes()))) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new LlmException("the response is too long");
      }
      return Buffer.buffer(bytes);
    } catch (IOException e) {
      throw new LlmException("the response cannot be unpacked");
    }
  }
}
