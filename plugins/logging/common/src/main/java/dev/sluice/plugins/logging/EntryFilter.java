package dev.sluice.plugins.logging;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.EndedStream;
import dev.sluice.api.request.RequestContext;

/** Puts the entry of each request and each stream into a queue, as a text. */
public final class EntryFilter implements Filter.Log, Filter.StreamLog {

  private final BatchQueue<String> queue;
  private final CustomFields fields;
  private final String end;

  /**
   * Makes a filter.
   *
   * @param fields what is added to each entry
   * @param end what follows each entry, such as the end of a line
   */
  public EntryFilter(BatchQueue<String> queue, CustomFields fields, String end) {
    this.queue = queue;
    this.fields = fields;
    this.end = end;
  }

  @Override
  public void log(RequestContext context) {
    queue.add(LogEntry.of(context, fields).encode() + end);
  }

  @Override
  public void streamLog(EndedStream stream) {
    queue.add(LogEntry.of(stream, fields).encode() + end);
  }
}
