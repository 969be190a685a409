package dev.sluice.plugins.portal;

import dev.sluice.api.Catalog;
import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminSurface;
import dev.sluice.api.admin.AdminSurfaceFactory;
import java.util.List;
import org.pf4j.Extension;

/** Serves the listener {@code admin_gui}. */
@Extension
public final class PortalPlugin implements GatewayPlugin {

  private Portal portal;

  @Override
  public void start(PluginContext context) {
    Site site = Site.load(context);
    Sessions sessions = new Sessions(context.clock());
    portal = new Portal(new Pages(site), new SessionCalls(context.adminApi(), sessions),
        new ApiCalls(context.adminApi(), sessions));
  }

  @Override
  public List<AdminSurfaceFactory> adminSurfaces() {
    return List.of(
        new AdminSurfaceFactory() {
          @Override
          public String listener() {
            return "admin_gui";
          }

          @Override
          public AdminSurface create(Catalog catalog) {
            return portal;
          }
        });
  }
}
