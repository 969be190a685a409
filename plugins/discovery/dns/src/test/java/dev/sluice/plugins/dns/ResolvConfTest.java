package dev.sluice.plugins.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ResolvConfTest {

  @TempDir private Path folder;

  private ResolvConf read(String text) throws IOException {
    return ResolvConf.read(Files.writeString(folder.resolve("resolv.conf"), text));
  }

  @Test
  void readsServersDomainsAndOptions() throws IOException {
    ResolvConf conf =
        read("""
            # made by a test
            nameserver 10.0.0.1
            nameserver ::1
            nameserver x
            search a.test b.test.
            options ndots:2 timeout:3 attempts:4 rotate
            """);
    assertThat(conf.servers())
        .extracting(server -> server.getAddress().getHostAddress() + " " + server.getPort())
        .containsExactly("10.0.0.1 53", "0:0:0:0:0:0:0:1 53");
    assertThat(conf.patience()).isEqualTo(Duration.ofSeconds(3));
    assertThat(conf.rounds()).isEqualTo(4);
    assertThat(conf.meanings("db")).containsExactly("db.a.test", "db.b.test", "db");
    assertThat(conf.meanings("db.c")).containsExactly("db.c.a.test", "db.c.b.test", "db.c");
    assertThat(conf.meanings("db.c.d")).containsExactly("db.c.d", "db.c.d.a.test", "db.c.d.b.test");
    assertThat(conf.meanings("db.")).containsExactly("db");
  }

  @Test
  void asksThisMachineWhereNothingIsSaid() throws IOException {
    assertThat(read("").servers()).containsExactly(new InetSocketAddress(InetAddress.getLoopbackAddress(), 53));
    assertThat(ResolvConf.read(folder.resolve("missing")).meanings("a.b")).containsExactly("a.b");
    assertThat(read("").asking(List.of(new InetSocketAddress("10.0.0.2", 5353))).servers())
        .containsExactly(new InetSocketAddress("10.0.0.2", 5353));
  }
}
