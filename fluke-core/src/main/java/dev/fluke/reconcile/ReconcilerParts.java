package dev.fluke.reconcile;

import dev.fluke.agent.Agent;
import dev.fluke.event.EventSubscriber;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.engine.Engine;
import dev.fluke.reconcile.internal.fleet.FleetDeclaration;
import dev.fluke.reconcile.internal.revision.SourceSet;
import dev.fluke.source.ManifestSource;
import dev.fluke.text.ErrorText;
import dev.fluke.time.Scheduler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a builder gathered: finds everything that is wrong with it, and makes an engine of it. */
final class ReconcilerParts {
  final List<Agent> agents = new ArrayList<>();
  final List<ManifestSource> sources = new ArrayList<>();
  final List<Manifest> declared = new ArrayList<>();
  final List<EventSubscriber> subscribers = new ArrayList<>();
  final List<ExecutorKind> kinds = new ArrayList<>();
  @Nullable ClassLoader classLoader;
  @Nullable Supplier<? extends Collection<Agent>> supplier;
  LoopSettings settings = LoopSettings.defaults();

  /**
   * An engine that manages the agents and does nothing yet.
   *
   * @throws IllegalStateException naming everything that is missing or wrong
   */
  Engine engine(Supplier<Scheduler> scheduler, Consumer<String> faults) {
    List<String> problems = new ArrayList<>();
    if (sources.isEmpty()) {
      problems.add("no manifest; call manifest(..) or source(..)");
    }
    problems.addAll(SourceSet.problems(sources));
    problems.addAll(settings.alertingWithoutSink(declared.toArray(Manifest[]::new)));
    ManifestReader reader = reader(problems);
    if (supplier != null && !agents.isEmpty()) {
      problems.add("agents are both named and supplied; do one of the two");
    }
    problems.addAll(FleetDeclaration.problems(agents));
    problems.addAll(settings.problems());
    Scheduler used = scheduler(scheduler, problems);
    if (used == null || reader == null || !problems.isEmpty()) {
      throw new IllegalStateException("reconciler: " + String.join("; ", problems));
    }
    Engine engine = new Engine(settings, used, sources, reader, faults);
    subscribers.forEach(engine.recorder()::subscribe); // before the first event
    if (supplier == null) {
      engine.members().become(agents);
    } else {
      engine.follow(supplier);
    }
    return engine;
  }

  private static @Nullable Scheduler scheduler(Supplier<Scheduler> from, List<String> problems) {
    try {
      return from.get();
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private @Nullable ManifestReader reader(List<String> problems) {
    try {
      ManifestReader reader =
          classLoader == null
              ? ManifestReader.ofUsualLoaders(kinds)
              : ManifestReader.of(classLoader, kinds);
      if (reader.kinds().isEmpty()) {
        SourceSet.readingYaml(sources).ifPresent(name -> problems.add(noKindFor(name)));
      }
      return settings.hasSink() ? reader : reader.withoutAlerts();
    } catch (IllegalStateException e) {
      problems.add(String.valueOf(e.getMessage()));
      return null;
    } catch (LinkageError e) {
      problems.add(ErrorText.of(e)); // no SnakeYAML at all
      return null;
    }
  }

  private String noKindFor(String source) {
    String finding =
        classLoader == null
            ? "neither the context class loader nor that of Fluke finds one"
            : "the class loader of kindsOf(..) finds none";
    return "the source %s reads YAML, and no kind of step is known: %s; add the module dev.fluke:fluke-executors, or call kind(..) or kindsOf(..)"
        .formatted(source, finding);
  }
}
