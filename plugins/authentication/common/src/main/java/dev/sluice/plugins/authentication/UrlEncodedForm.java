package dev.sluice.plugins.authentication;

import dev.sluice.api.request.UrlEncoded;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A form as browsers send it by default. */
final class UrlEncodedForm implements BodyForm {

  private final String text;

  UrlEncodedForm(Buffer body) {
    this.text = body.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public Found find(String name) {
    return Found.of(UrlEncoded.parse(text).getOrDefault(name, List.of()));
  }

  @Override
  public Buffer without(String name) {
    return Buffer.buffer(UrlEncoded.without(text, name), StandardCharsets.ISO_8859_1.name());
  }
}
