package dev.sluice.plugins.ai.llm;

import dev.sluice.api.request.RequestContext;
import java.util.Optional;

/** What the client has said beside its body. */
public interface Client {

  /** Nobody: the gateway asks for itself. */
  Client NONE = new Client() {
    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public String query() {
      return "";
    }

    @Override
    public String path() {
      return "/";
    }
  };

  /** A header of it. */
  Optional<String> header(String name);

  /** Its query, encoded. */
  String query();

  /** The path that the route makes of its own. */
  String path();

  /** That of a request. */
  static Client of(RequestContext context) {
    return new Client() {
      @Override
      public Optional<String> header(String name) {
        return context.request().headers().get(name);
      }

      @Override
      public String query() {
        return context.upstreamRequest().query();
      }

      @Override
      public String path() {
        return context.upstreamRequest().path();
      }
    };
  }
}
