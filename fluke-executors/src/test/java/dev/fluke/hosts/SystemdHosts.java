package dev.fluke.hosts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Six real hosts, booted by the first test class that needs them and removed after the last one.
 * The script that keeps them ends them when its input ends, so they go with this process in any
 * case.
 */
public final class SystemdHosts implements BeforeAllCallback {
  private static final int HOW_MANY = 6;
  private static final Path SCRIPT = Path.of("../scripts/lib/hosts").toAbsolutePath().normalize();

  private List<RealHost> hosts = List.of();

  @Override
  public void beforeAll(ExtensionContext context) {
    hosts =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(SystemdHosts.class))
            .getOrComputeIfAbsent("booted", key -> Booted.now(), Booted.class)
            .hosts;
  }

  /** All of them. */
  public List<RealHost> all() {
    return hosts;
  }

  /** One of them, from 1 on. */
  public RealHost host(int number) {
    return hosts.get(number - 1);
  }

  /** The script, and what it boots. */
  private static final class Booted implements AutoCloseable {
    private final Path parent;
    private final Process script;
    private final List<RealHost> hosts = new ArrayList<>();

    private Booted(Path parent, Process script) {
      this.parent = parent;
      this.script = script;
    }

    static Booted now() {
      try {
        Path parent = Files.createTempDirectory("fluke-hosts");
        Path state = parent.resolve("state");
        Process script =
            new ProcessBuilder(SCRIPT.toString(), "" + HOW_MANY, state.toString())
                .redirectError(parent.resolve("err").toFile())
                .start();
        Booted booted = new Booted(parent, script);
        booted.awaitReady(state);
        return booted;
      } catch (IOException e) {
        throw new IllegalStateException("no real hosts: " + e.getMessage(), e);
      }
    }

    private void awaitReady(Path state) throws IOException {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(script.getInputStream(), UTF_8));
      String line = lines.readLine();
      while (line != null && !line.equals("ready")) {
        String[] parts = line.split(" ", -1);
        hosts.add(new RealHost(parts[0], parts[1], Integer.parseInt(parts[2]), state));
        line = lines.readLine();
      }
      if (line == null) {
        throw new IllegalStateException(
            "no real hosts; " + SCRIPT + " says: " + Files.readString(parent.resolve("err")));
      }
    }

    @Override
    public void close() throws Exception {
      hosts.forEach(RealHost::close);
      script.getOutputStream().close();
      if (!script.waitFor(60, TimeUnit.SECONDS)) {
        script.destroy();
        throw new IllegalStateException(
            "not removed within 60 s: " + Files.readString(parent.resolve("err")));
      }
      Files.delete(parent.resolve("err"));
      Files.delete(parent);
    }
  }
}
