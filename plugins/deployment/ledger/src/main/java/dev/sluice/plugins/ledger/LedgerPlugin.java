package dev.sluice.plugins.ledger;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.entity.EntityType;
import dev.sluice.plugins.deployment.Ledger;
import dev.sluice.plugins.deployment.Records;
import java.time.Duration;
import java.util.List;
import org.pf4j.Extension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Contributes the records of switches, and what operators see and undo of them. */
@Extension
public final class LedgerPlugin implements GatewayPlugin {

  private static final Logger log = LoggerFactory.getLogger(LedgerPlugin.class);
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration OFTEN = Duration.ofHours(1);

  private LedgerEndpoints endpoints;

  @Override
  public void start(PluginContext context) {
    Records records = new Records(context);
    ChainCheck check = new ChainCheck(records, context.clock());
    endpoints = new LedgerEndpoints(context, new Ledger(context), records, check);
    context.after(SOON, () -> look(check));
    context.every(OFTEN, () -> look(check));
  }

  /** So that a broken chain is in the log when nobody asks. */
  private static void look(ChainCheck check) {
    check.look(true).onFailure(cause -> log.warn("the ledger of switches cannot be read", cause));
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
