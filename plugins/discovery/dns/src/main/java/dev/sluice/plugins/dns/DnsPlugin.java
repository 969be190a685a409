package dev.sluice.plugins.dns;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.upstream.TargetResolver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.pf4j.Extension;

/** Resolves names by the hosts file and by name servers. */
@Extension
public final class DnsPlugin implements GatewayPlugin {

  private static final Path SYSTEM = Path.of("/etc/resolv.conf");
  private static final Duration HOSTS_LOOK = Duration.ofSeconds(5);

  private List<TargetResolver> resolvers = List.of();

  @Override
  public void start(PluginContext context) {
    DnsSettings settings = DnsSettings.of(context.node());
    ResolvConf conf = ResolvConf.read(SYSTEM).asking(settings.servers());
    HostsFile hosts = new HostsFile(settings.hostsFile());
    hosts.refresh();
    context.every(HOSTS_LOOK, () -> context.blocking(() -> refreshed(hosts)));
    NameServers servers = context.own(new NameServers(context.vertx(), conf, settings.times()));
    resolvers = List.of(new DnsResolver(settings, conf, hosts, servers, context.clock()));
  }

  private static HostsFile refreshed(HostsFile hosts) {
    hosts.refresh();
    return hosts;
  }

  @Override
  public List<TargetResolver> resolvers() {
    return resolvers;
  }
}
