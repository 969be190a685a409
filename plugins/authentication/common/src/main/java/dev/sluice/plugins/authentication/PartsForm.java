package dev.sluice.plugins.authentication;

import dev.sluice.api.request.MultipartForm;
import dev.sluice.api.request.MultipartForm.Part;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * A form in parts.
 *
 * @param form as it was read
 */
record PartsForm(MultipartForm form) implements BodyForm {

  static BodyForm read(String contentType, Buffer body) {
    return MultipartForm.parse(contentType, body).<BodyForm>map(PartsForm::new).orElse(NONE);
  }

  @Override
  public Found find(String name) {
    return Found.of(form.parts().stream().filter(part -> part.name().equals(name)).map(Part::value).toList());
  }

  @Override
  public Buffer without(String name) {
    String text = form.text();
    StringBuilder rest = new StringBuilder(text.length());
    int kept = 0;
    for (Part part : form.parts()) {
      if (part.name().equals(name)) {
        rest.append(text, kept, part.start());
        kept = part.end();
      }
    }
    rest.append(text, kept, text.length());
    return Buffer.buffer(rest.toString(), StandardCharsets.ISO_8859_1.name());
  }
}
