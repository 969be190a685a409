package dev.sluice.plugins.adminapi;

import dev.sluice.api.Catalog;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminEndpoint;

/** The endpoints of the status listener: few, and none that shows or changes entities. */
final class StatusEndpoints {

  private StatusEndpoints() {}

  static EndpointTable table(PluginContext context, Catalog catalog, Readiness readiness) {
    StatusView status = new StatusView(context.node());
    EndpointTable.Builder table = new EndpointTable.Builder();
    catalog.adminEndpoints().stream().filter(each -> each.template().equals("/metrics")).forEach(table::add);
    if (context.node().setting("database").filter("off"::equals).isPresent()) {
      table.addReads(upstreams(new Api(context, catalog, context.entities(), "")));
    }
    return table
        .add(new AdminEndpoint("GET", "/status", call -> Answers.now(status.answer(call.request()))))
        .add(new AdminEndpoint("GET", "/status/dns", call -> StatusView.dns()))
        .add(new AdminEndpoint("GET", "/status/ready", call -> readiness.get()))
        .add(new AdminEndpoint("POST", "/status/ready", readiness::drain))
        .build();
  }

  /** A node without a database may have no other listener that tells of its targets. */
  private static EndpointTable.Builder upstreams(Api api) {
    EndpointTable.Builder table = new EndpointTable.Builder();
    TargetEndpoints.add(api, table);
    HealthEndpoints.add(api, table);
    return table;
  }
}
