package dev.sluice.plugins.adminapi;

import dev.sluice.api.Catalog;
import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminSurface;
import dev.sluice.api.admin.AdminSurfaceFactory;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.pf4j.Extension;

/** Serves the listeners {@code admin} and {@code status}. */
@Extension
public final class AdminApiPlugin implements GatewayPlugin {

  private Readiness readiness;
  private LogLevelEndpoints logLevel;
  private AuditLog auditLog;
  private PluginContext context;

  @Override
  public void start(PluginContext lent) {
    context = lent;
    readiness = new Readiness(lent.node());
    auditLog = new AuditLog(lent);
    logLevel = new LogLevelEndpoints(lent);
  }

  @Override
  public List<AdminSurfaceFactory> adminSurfaces() {
    return List.of(factory("admin", this::admin), factory("status", this::status));
  }

  private AdminSurface admin(Catalog catalog) {
    Rooms rooms =
        Rooms.of(
            context.entities(),
            (entities, prefix) ->
                AdminEndpoints.table(new Api(context, catalog, entities, prefix), logLevel, auditLog));
    return new Surface(
        rooms,
        AnswerHeaders.of(context.node()),
        Optional.of(new Audit(auditLog, new Secrets(catalog), context.clock())));
  }

  private AdminSurface status(Catalog catalog) {
    return new Surface(
        Rooms.single(StatusEndpoints.table(context, catalog, readiness)),
        AnswerHeaders.of(context.node()),
        Optional.empty());
  }

  private static AdminSurfaceFactory factory(String listener, Function<Catalog, AdminSurface> make) {
    return new AdminSurfaceFactory() {
      @Override
      public String listener() {
        return listener;
      }

      @Override
      public AdminSurface create(Catalog catalog) {
        return make.apply(catalog);
      }
    };
  }
}
