package dev.sluice.plugins.statsd;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.request.EndedStream;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.logging.Figures;
import dev.sluice.plugins.logging.Latencies;
import dev.sluice.plugins.logging.LogEntry;
import dev.sluice.plugins.logging.Who;
import java.util.Optional;
import java.util.OptionalLong;

/** What metrics are made of: a request, or a stream, which has no consumer. */
interface Measured {

  int status();

  String workspace();

  String workspaceName();

  Optional<Service> service();

  Optional<Route> route();

  Optional<String> who(Who by);

  OptionalLong figure(Figures figure);

  static Measured of(RequestContext context) {
    Latencies latencies = Latencies.of(context);
    return new Measured() {
      @Override
      public int status() {
        return LogEntry.status(context);
      }

      @Override
      public String workspace() {
        return context.workspace();
      }

      @Override
      public String workspaceName() {
        return LogEntry.workspaceName(context);
      }

      @Override
      public Optional<Service> service() {
        return context.match().flatMap(match -> match.definition().service());
      }

      @Override
      public Optional<Route> route() {
        return context.match().map(match -> match.definition().route());
      }

      @Override
      public Optional<String> who(Who by) {
        return by.name(context);
      }

      @Override
      public OptionalLong figure(Figures figure) {
        return figure.of(context, latencies);
      }
    };
  }

  static Measured of(EndedStream stream) {
    return new Measured() {
      @Override
      public int status() {
        return stream.status();
      }

      @Override
      public String workspace() {
        return stream.workspace();
      }

      @Override
      public String workspaceName() {
        return LogEntry.workspaceName(stream);
      }

      @Override
      public Optional<Service> service() {
        return stream.service();
      }

      @Override
      public Optional<Route> route() {
        return Optional.of(stream.route());
      }

      @Override
      public Optional<String> who(Who by) {
        return Optional.empty();
      }

      @Override
      public OptionalLong figure(Figures figure) {
        return figure.of(stream);
      }
    };
  }
}
