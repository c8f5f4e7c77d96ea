package dev.fluke.examples.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Real hosts, one for each role that is asked for. The script that boots them removes them when its
 * input ends, so they go with this process, however it ends.
 */
final class FleetHosts implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Process script;
  private final List<FleetHost> all = new ArrayList<>();

  private FleetHosts(Process script) {
    this.script = script;
  }

  /** Boots them; their state lives in this directory, which is made, and goes again. */
  static FleetHosts boot(String script, Path state, List<Role> roles) throws IOException {
    Process process =
        new ProcessBuilder(script, String.valueOf(roles.size()), state.toString())
            .redirectError(Redirect.INHERIT)
            .start();
    FleetHosts hosts = new FleetHosts(process);
    try {
      hosts.awaitReady(state, roles);
      return hosts;
    } catch (IOException | RuntimeException e) {
      hosts.close();
      throw e;
    }
  }

  private void awaitReady(Path state, List<Role> roles) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(script.getInputStream(), UTF_8));
    for (String line = lines.readLine(); !"ready".equals(line); line = lines.readLine()) {
      if (line == null) {
        throw new IOException("no hosts came up; the script that boots them says why, above");
      }
      String[] parts = line.split(" ", -1); // NAME ADDRESS PORT
      Role role = roles.get(all.size());
      all.add(new FleetHost(nextName(role), role, parts[1], Integer.parseInt(parts[2]), state));
    }
  }

  private String nextName(Role role) {
    long before = all.stream().filter(host -> host.role() == role).count();
    return "%s-%02d".formatted(role.label(), before + 1);
  }

  List<FleetHost> all() {
    return all;
  }

  @Override
  public void close() throws IOException {
    script.getOutputStream().close();
    if (!endsInTime()) {
      script.destroy();
      throw new IOException("the hosts are not removed within " + PATIENCE_SECONDS + " s");
    }
  }

  private boolean endsInTime() {
    try {
      return script.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
