package dev.sluice.plugins.portal;

import dev.sluice.plugins.env.EnvVaultPlugin;
import dev.sluice.testkit.TestCertificate;
import dev.sluice.testkit.TestGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates, names, authorities, vaults and keys, and a handshake that shows what was made. */
class SecurityStoryTest extends BrowserStories {

  @Test
  void whatIsMadeIsShownInAHandshake(@TempDir Path folder) throws Exception {
    TestCertificate shop = TestCertificate.of(folder, "shop.example", "EC");
    Files.writeString(folder.resolve("shop.pem"), shop.cert());
    Files.writeString(folder.resolve("shop.key"), shop.key());
    Files.writeString(folder.resolve("root.pem"), TestCertificate.authority(folder, "Root of the story").cert());
    try (TestGateway gateway =
        gateway(new EnvVaultPlugin()).setting("proxy_listen", "127.0.0.1:0, 127.0.0.1:0 ssl").start()) {
      told("security.js", portal(gateway), "127.0.0.1:" + gateway.kernel().port("proxy_listen.1"), folder.toString());
    }
  }
}
