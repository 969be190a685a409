package dev.sluice.plugins.adminapi;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminEndpoint;

/** The endpoints of the status listener. */
final class StatusEndpoints {

  private StatusEndpoints() {}

  static EndpointTable table(PluginContext context, Readiness readiness) {
    StatusView status = new StatusView(context.node());
    return new EndpointTable.Builder()
        .add(new AdminEndpoint("GET", "/status", call -> Answers.now(status.answer(call.request()))))
        .add(new AdminEndpoint("GET", "/status/dns", call -> StatusView.dns()))
        .add(new AdminEndpoint("GET", "/status/ready", call -> readiness.get()))
        .add(new AdminEndpoint("POST", "/status/ready", readiness::drain))
        .build();
  }
}
