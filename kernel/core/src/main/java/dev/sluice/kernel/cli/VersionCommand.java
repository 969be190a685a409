package dev.sluice.kernel.cli;

import dev.sluice.api.ApiVersion;
import dev.sluice.kernel.boot.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells the version. */
@Command(name = "version", mixinStandardHelpOptions = true, description = "Tell the version.")
final class VersionCommand implements Callable<Integer>, IVersionProvider {

  @Spec private CommandSpec spec;

  @Option(
      names = {"-a", "--all"},
      description = "Also tell the versions of what it stands on.")
  private boolean all;

  @Override
  public Integer call() {
    if (all) {
      for (String line : getVersion()) {
        spec.commandLine().getOut().println(line);
      }
    } else {
      spec.commandLine().getOut().println(Version.SLUICE);
    }
    return 0;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "Sluice: " + Version.SLUICE,
      "Kong compatibility: " + Version.COMPATIBLE,
      "Plugin API: " + ApiVersion.CURRENT,
      "Java: " + System.getProperty("java.version")
    };
  }
}
