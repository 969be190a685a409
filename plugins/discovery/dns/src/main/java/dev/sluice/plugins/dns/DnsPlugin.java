package dev.sluice.plugins.dns;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.upstream.TargetResolver;
import java.net.InetAddress;
import java.util.List;
import org.pf4j.Extension;

/** Resolves names as the machine does. */
@Extension
public final class DnsPlugin implements GatewayPlugin {

  private List<TargetResolver> resolvers = List.of();

  @Override
  public void start(PluginContext context) {
    DnsSettings settings = DnsSettings.of(context.node());
    resolvers = List.of(new SystemResolver(context, settings, InetAddress::getAllByName));
  }

  @Override
  public List<TargetResolver> resolvers() {
    return resolvers;
  }
}
