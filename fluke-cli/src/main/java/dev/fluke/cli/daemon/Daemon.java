package dev.fluke.cli.daemon;

import dev.fluke.cli.audit.AuditTrail;
import dev.fluke.cli.config.Config;
import dev.fluke.cli.config.ConfigReader;
import dev.fluke.cli.config.InvalidConfigException;
import dev.fluke.cli.http.Api;
import dev.fluke.cli.http.Debouncer;
import dev.fluke.cli.http.HttpServer;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.text.FileProblem;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process that runs a reconciler with its API until a signal ends it. */
public final class Daemon {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  /** Time for applies to finish at shutdown; the whole shutdown takes at most 30 s. */
  private static final Duration GRACE = Duration.ofSeconds(18);

  private final ConfigReader reader;
  private final String name;
  private final Path file;
  private final String version;

  /**
   * Creates a daemon.
   *
   * @param name the name of the config in messages
   * @param file the config
   * @param environment the environment variables for the config
   * @param version the version of Fluke, for the log
   */
  public Daemon(String name, Path file, Map<String, String> environment, String version) {
    this.name = name;
    this.file = file;
    this.reader = new ConfigReader(environment);
    this.version = version;
  }

  /**
   * Runs until TERM or INT; HUP reloads the config.
   *
   * @throws InvalidConfigException if the config is invalid
   * @throws IllegalStateException if it can't start; the message says why
   */
  public void run() throws Exception {
    Config config = reader.read(name, file);
    Logs.configure(config.log());
    CompletableFuture<String> end = new CompletableFuture<>();
    try (Scheduler scheduler = Scheduler.system();
        AuditTrail audit = config.audit().open(scheduler);
        Reconciler reconciler = config.reconciler().closeGrace(GRACE).build();
        HttpServer server = serve(config, api(config, reconciler, scheduler, audit))) {
      Signals.on("HUP", () -> reload(config, reconciler, audit));
      Signals.on("TERM", () -> end.complete("TERM"));
      Signals.on("INT", () -> end.complete("INT"));
      config.notes().forEach(note -> LOG.info("{}", note));
      reconciler.start();
      LOG.info(
          "fluke {} manages {} with manifests from {}; {}",
          version,
          count(config),
          config.source(),
          server.places());
      LOG.info("got {}; stops within 30 s", end.join());
    }
    LOG.info("stopped");
  }

  private static String count(Config config) {
    int number = config.agents().size();
    return number + (number == 1 ? " agent" : " agents");
  }

  private static Api api(
      Config config, Reconciler reconciler, Scheduler scheduler, AuditTrail audit) {
    Debouncer poll = new Debouncer(scheduler, reconciler::pollNow);
    return new Api(reconciler, scheduler, config.pushWebhook(poll), audit);
  }

  private static HttpServer serve(Config config, Api api) {
    try {
      return HttpServer.start(config.http(), api);
    } catch (IllegalStateException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("can't serve the API: " + e.getMessage(), e);
    }
  }

  /**
   * Reloads agents and labels, and opens the audit file again. An invalid config changes nothing.
   */
  private void reload(Config initial, Reconciler reconciler, AuditTrail audit) {
    audit.reopen();
    try {
      Config reloaded = reader.read(name, file);
      reconciler.replaceAll(reloaded.agents());
      reconciler.pollNow();
      LOG.info("reloaded: {}", count(reloaded));
      reloaded.notes().forEach(note -> LOG.info("{}", note));
      TreeSet<String> changed = new TreeSet<>(initial.fixed().keySet());
      changed.addAll(reloaded.fixed().keySet());
      changed.removeIf(
          section ->
              reloaded.fixed().getOrDefault(section, 0).equals(initial.fixed().get(section)));
      if (!changed.isEmpty()) {
        LOG.warn("changes of {} need a restart; only agents are reloaded", changed);
      }
    } catch (InvalidConfigException e) {
      for (FileProblem problem : e.problems()) {
        LOG.error("not reloaded: {}", problem);
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("not reloaded: {}", e.toString());
    }
  }
}
