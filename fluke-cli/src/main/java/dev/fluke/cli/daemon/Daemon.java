package dev.fluke.cli.daemon;

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

/** A reconciler that follows its config, with the API, until a signal ends it. */
public final class Daemon {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  /** Applies get this long at the end, so that all is over within 30 s. */
  private static final Duration GRACE = Duration.ofSeconds(18);

  private final ConfigReader reader;
  private final String name;
  private final Path file;
  private final String version;

  /**
   * A daemon.
   *
   * @param name what its config is called in messages
   * @param file its config
   * @param environment what the config's variables stand for
   */
  public Daemon(String name, Path file, Map<String, String> environment, String version) {
    this.name = name;
    this.file = file;
    this.reader = new ConfigReader(environment);
    this.version = version;
  }

  /**
   * Runs until TERM or INT; HUP reads the config again.
   *
   * @throws InvalidConfigException if the config is not sound
   * @throws IllegalStateException if it can't begin, saying why
   */
  public void run() throws Exception {
    Config config = reader.read(name, file);
    Logs.configure(config.log());
    CompletableFuture<String> end = new CompletableFuture<>();
    try (Scheduler scheduler = Scheduler.system();
        Reconciler reconciler =
            config.reconciler().closeGrace(GRACE).subscriber(new EventLog()).build();
        HttpServer server = serve(config, api(config, reconciler, scheduler))) {
      Signals.on("HUP", () -> reload(config, reconciler));
      Signals.on("TERM", () -> end.complete("TERM"));
      Signals.on("INT", () -> end.complete("INT"));
      config.notes().forEach(note -> LOG.info("{}", note));
      reconciler.start();
      LOG.info(
          "fluke {} looks after {}; manifests come from {}; the API is at {}",
          version,
          count(config),
          config.source(),
          server.url());
      LOG.info("got {}, ends what is under way, at most 30 s", end.join());
    }
    LOG.info("ended");
  }

  private static String count(Config config) {
    int number = config.agents().size();
    return number + (number == 1 ? " agent" : " agents");
  }

  private static Api api(Config config, Reconciler reconciler, Scheduler scheduler) {
    Debouncer wake = new Debouncer(scheduler, reconciler::pollNow);
    return new Api(reconciler, scheduler, config.hook(wake));
  }

  private static HttpServer serve(Config config, Api api) {
    try {
      return HttpServer.start(config.http(), api);
    } catch (Exception e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(
          "can't listen on "
              + config.http().host()
              + ":"
              + config.http().port()
              + ": "
              + cause.getMessage()
              + "; is another fluke running? 'http: { listen: … }' says where to",
          e);
    }
  }

  /** Takes agents and labels anew; what is wrong changes nothing. */
  private void reload(Config began, Reconciler reconciler) {
    try {
      Config now = reader.read(name, file);
      reconciler.replaceAll(now.agents());
      reconciler.pollNow();
      LOG.info("reloaded: {}", count(now));
      now.notes().forEach(note -> LOG.info("{}", note));
      TreeSet<String> other = new TreeSet<>(began.fixed().keySet());
      other.addAll(now.fixed().keySet());
      other.removeIf(
          section -> now.fixed().getOrDefault(section, 0).equals(began.fixed().get(section)));
      if (!other.isEmpty()) {
        LOG.warn("changes of {} need a restart; only agents are reloaded", other);
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
