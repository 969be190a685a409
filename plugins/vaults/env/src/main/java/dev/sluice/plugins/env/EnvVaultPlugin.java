package dev.sluice.plugins.env;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.vault.VaultFactory;
import java.util.List;
import java.util.Optional;
import org.pf4j.Extension;

/** Finds secrets in the environment of the process. */
@Extension
public final class EnvVaultPlugin implements GatewayPlugin {

  @Override
  public List<VaultFactory<?>> vaults() {
    return List.of(new EnvVaultFactory(name -> Optional.ofNullable(System.getenv(name))));
  }
}
