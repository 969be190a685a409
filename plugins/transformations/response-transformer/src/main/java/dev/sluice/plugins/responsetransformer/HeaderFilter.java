package dev.sluice.plugins.responsetransformer;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.MutableHeaders;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.responsetransformer.TransformerConfig.Edits;
import java.util.List;

/** Changes the headers of answers, those of the gateway's own included. */
record HeaderFilter(Edits edits) implements Filter.Header {

  @Override
  public void headerFilter(RequestContext context) {
    MutableHeaders headers = context.response().headers();
    edits.remove().forEach(headers::remove);
    edits.rename().forEach(pair -> rename(headers, pair.getKey(), pair.getValue()));
    edits.replace().forEach(pair -> {
      if (headers.contains(pair.getKey())) {
        headers.set(pair.getKey(), pair.getValue().toString());
      }
    });
    edits.add().forEach(pair -> {
      if (!headers.contains(pair.getKey())) {
        headers.set(pair.getKey(), pair.getValue().toString());
      }
    });
    edits.append().forEach(pair -> headers.add(pair.getKey(), pair.getValue().toString()));
  }

  private static void rename(MutableHeaders headers, String from, String to) {
    List<String> values = List.copyOf(headers.getAll(from));
    if (!values.isEmpty() && !from.equalsIgnoreCase(to)) {
      headers.remove(from);
      headers.remove(to);
      values.forEach(value -> headers.add(to, value));
    }
  }
}
