package dev.sluice.plugins.ldapauth;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code ldap-auth}. */
@Extension
public final class LdapAuthPlugin implements GatewayPlugin {

  private Directories directories = new Directories(new PluginContext() {});

  @Override
  public void start(PluginContext context) {
    directories = new Directories(context);
    directories.watch();
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new LdapAuthFactory(directories));
  }
}
