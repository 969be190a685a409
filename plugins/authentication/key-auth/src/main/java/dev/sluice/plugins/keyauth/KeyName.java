package dev.sluice.plugins.keyauth;

import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.Headers;
import dev.sluice.api.request.MutableHeaders;
import dev.sluice.api.request.UpstreamRequest;
import dev.sluice.api.request.UrlEncoded;
import dev.sluice.plugins.authentication.BodyForm;
import dev.sluice.plugins.authentication.Found;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/** A name under which keys are looked for: an underscore in it also stands for a dash in the name of a header. */
final class KeyName {

  private final String name;
  private final CharSequence[] headers;

  KeyName(String name) {
    this.name = name;
    String dashed = name.replace('_', '-');
    CharSequence line = HttpHeaders.createOptimized(name);
    this.headers = dashed.equals(name)
            ? new CharSequence[] {line}
            : new CharSequence[] {line, HttpHeaders.createOptimized(dashed)};
  }

  Found inHeaders(Headers lines) {
    for (CharSequence header : headers) {
      List<String> values = lines.getAll(header);
      if (!values.isEmpty()) {
        return Found.of(values);
      }
    }
    return Found.NONE;
  }

  Found inQuery(ClientRequest request) {
    return Found.of(request.query().getOrDefault(name, List.of()));
  }

  Found inBody(BodyForm body) {
    return body.find(name);
  }

  /** Takes the name out of all that goes upstream. */
  void hide(UpstreamRequest request, BodyForm body) {
    MutableHeaders lines = request.headers();
    for (CharSequence header : headers) {
      lines.remove(header);
    }
    String query = request.query();
    if (UrlEncoded.parse(query).containsKey(name)) {
      request.query(UrlEncoded.without(query, name));
    }
    if (!body.find(name).isNone()) {
      request.body(body.without(name));
    }
  }
}
