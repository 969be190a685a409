package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminEndpoint;

/** Kong's cache of entities. Sluice keeps all of them in memory: there is never anything to find or to purge. */
final class CacheEndpoints {

  private CacheEndpoints() {}

  static void add(EndpointTable.Builder table) {
    table
        .add(new AdminEndpoint("DELETE", "/cache", call -> Answers.now(Answers.noContent())))
        .add(new AdminEndpoint("GET", "/cache/{key}", call -> Answers.message(404, "Not found")))
        .add(new AdminEndpoint("DELETE", "/cache/{key}", call -> Answers.now(Answers.noContent())));
  }
}
