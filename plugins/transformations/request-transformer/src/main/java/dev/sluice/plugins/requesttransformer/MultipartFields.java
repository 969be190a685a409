package dev.sluice.plugins.requesttransformer;

import dev.sluice.api.request.MultipartForm;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of a multipart form. Works on bytes as characters: what is not changed stays byte for byte. */
final class MultipartFields implements Target {

  private static final String LINE = "\r\n";

  private final String boundary;
  private final List<Part> parts = new ArrayList<>();

  /** A part: its name, its value, and all that stands between two boundaries. */
  private record Part(String name, String value, String text) {}

  private MultipartFields(String boundary) {
    this.boundary = boundary;
  }

  /** The parts of a form; nothing when it is none. */
  static Optional<MultipartFields> parse(String contentType, Buffer body) {
    return MultipartForm.parse(contentType, body)
        .filter(form -> body.length() == 0 || form.whole())
        .map(MultipartFields::of);
  }

  private static MultipartFields of(MultipartForm form) {
    MultipartFields fields = new MultipartFields(form.boundary());
    form.parts().forEach(part -> fields.parts.add(new Part(part.name(), part.value(), form.raw(part))));
    return fields;
  }

  private static Part simple(String name, String value) {
    if (name.chars().anyMatch(c -> c < ' ' || c == '"')) {
      throw new IllegalStateException("no name of a part: " + name);
    }
    String text = "Content-Disposition: form-data; name=\"" + name + "\"" + LINE + LINE + value;
    return new Part(name, value, MultipartForm.bytes(text));
  }

  @Override
  public boolean has(String name) {
    return parts.stream().anyMatch(part -> part.name().equals(name));
  }

  @Override
  public void remove(String name) {
    parts.removeIf(part -> part.name().equals(name));
  }

  @Override
  public void rename(String from, String to) {
    remove(to);
    parts.replaceAll(part -> part.name().equals(from) ? simple(to, part.value()) : part);
  }

  @Override
  public void set(String name, String value) {
    if (has(name)) {
      parts.replaceAll(part -> part.name().equals(name) ? simple(name, value) : part);
    } else {
      parts.add(simple(name, value));
    }
  }

  @Override
  public void append(String name, String value) {
    parts.add(simple(name, value));
  }

  Buffer encode() {
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      out.append("--").append(boundary).append(LINE).append(part.text()).append(LINE);
    }
    out.append("--").append(boundary).append("--").append(LINE);
    return Buffer.buffer(out.toString(), StandardCharsets.ISO_8859_1.name());
  }
}
