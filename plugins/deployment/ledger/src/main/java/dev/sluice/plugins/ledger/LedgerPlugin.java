package dev.sluice.plugins.ledger;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.entity.EntityType;
import dev.sluice.plugins.deployment.Ledger;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the records of switches, and what operators see and undo of them. */
@Extension
public final class LedgerPlugin implements GatewayPlugin {

  private LedgerEndpoints endpoints;

  @Override
  public void start(PluginContext context) {
    endpoints = new LedgerEndpoints(context, new Ledger(context));
  }

  @Override
  public List<EntityType<?>> entityTypes() {
    return List.of(SwitchRecord.TYPE);
  }

  @Override
  public List<AdminEndpoint> adminEndpoints() {
    return endpoints.all();
  }
}
