package dev.fluke.reconcile.internal.memory;

import dev.fluke.command.Mask;
import dev.fluke.command.Secret;
import dev.fluke.command.SecretSource;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Manifest.NamedSecret;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.text.DidYouMean;
import dev.fluke.text.Durations;
import dev.fluke.text.ErrorText;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the application's secret sources. They are code of the user: each call has a thread of its
 * own and at most 10 s, and while one does not return, no other begins. Safe for use by any thread.
 */
public final class NamedSecrets {
  private static final Logger log = LoggerFactory.getLogger(NamedSecrets.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final List<SecretSource> sources;
  private final Scheduler scheduler;
  private final LoopThread thread;
  private final Mask mask;
  private final AtomicInteger hanging = new AtomicInteger();

  /** What the sources said about a name: its value, or why there is none. */
  record Answer(@Nullable Secret value, String problem, boolean isMissing) {
    static Answer no(String problem) {
      return new Answer(null, problem, false);
    }
  }

  /**
   * Asks these, the first first.
   *
   * @param mask learns what they supply
   */
  public NamedSecrets(
      List<SecretSource> sources, Scheduler scheduler, LoopThread thread, Mask mask) {
    this.sources = List.copyOf(sources);
    this.scheduler = scheduler;
    this.thread = thread;
    this.mask = mask;
  }

  /** The secrets of these names, for one walk. */
  public SuppliedSecrets supplied(Collection<String> names) {
    return new SuppliedSecrets(this, names);
  }

  /**
   * A message for each place of a manifest that names a secret which no source has. A source that
   * fails may have it.
   */
  public List<String> missing(Manifest manifest) {
    List<NamedSecret> named = manifest.namedSecrets();
    if (named.isEmpty()) {
      return List.of();
    }
    Set<String> names =
        named.stream().map(NamedSecret::name).collect(Collectors.toCollection(TreeSet::new));
    Asking asking = new Asking(names, true);
    Map<String, Answer> answers = run(asking);
    return named.stream()
        .filter(each -> isMissing(answers.get(each.name())))
        .map(each -> each.missing(hint(each.name(), asking.known)).toString())
        .toList();
  }

  private String hint(String name, Set<String> known) {
    if (sources.isEmpty()) {
      return "; name a source with secrets(..), or with 'secrets' in a config";
    }
    return known.isEmpty() ? "" : DidYouMean.hint(name, known);
  }

  private static boolean isMissing(@Nullable Answer answer) {
    return answer != null && answer.isMissing();
  }

  Map<String, Answer> ask(Collection<String> names) {
    return names.isEmpty() ? Map.of() : run(new Asking(new TreeSet<>(names), false));
  }

  private Map<String, Answer> run(Asking asking) {
    if (sources.isEmpty()) {
      asking.run();
    } else if (hanging.get() > 0) {
      asking.endsFor("a call of the secret source does not return");
    } else {
      Scheduler.Work work = scheduler.start("fluke-secrets", () -> thread.run(asking::run));
      try {
        if (!scheduler.await(asking.done, LIMIT)) {
          hanging.incrementAndGet();
          work.interrupt();
          var unused = asking.done.whenComplete((done, never) -> hanging.decrementAndGet());
          asking.endsFor("the secret source did not answer within " + Durations.display(LIMIT));
        }
      } catch (InterruptedException e) {
        work.interrupt();
        asking.endsFor("interrupted while the secret source was asked");
        Thread.currentThread().interrupt();
      }
    }
    return Map.copyOf(asking.answers);
  }

  /** One call of the sources, for some names. */
  private final class Asking {
    private final Set<String> names;
    private final boolean lists;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Asking(Set<String> names, boolean lists) {
      this.names = names;
      this.lists = lists;
    }

    /** Never throws. */
    void run() {
      try {
        for (String name : names) {
          answers.putIfAbsent(name, answer(name));
        }
        if (lists) {
          sources.forEach(this::list);
        }
      } finally {
        done.complete(null);
      }
    }

    private Answer answer(String name) {
      for (SecretSource source : sources) {
        try {
          Optional<Secret> found = source.secret(name);
          if (found == null) {
            return Answer.no("secret '%s': its source returned null".formatted(name));
          }
          if (found.isPresent()) {
            return present(name, Secret.of(found.get().reveal()));
          }
        } catch (Throwable t) {
          Throwable bare = ErrorText.masked(t, message -> "(its message may have a secret)");
          log.debug("secret '{}': its source failed", name, bare);
          return Answer.no("secret '%s': its source failed: %s".formatted(name, inShort(t)));
        }
      }
      return new Answer(null, "nobody supplies the secret '%s'".formatted(name), true);
    }

    /** Fluke's own sources show no secret in their messages. */
    private String inShort(Throwable t) {
      boolean ours = t.getClass().getName().startsWith("dev.fluke.command.");
      return ours ? ErrorText.of(t) : t.getClass().getSimpleName();
    }

    private Answer present(String name, Secret value) {
      try {
        Secret checked = value.requireMaskable("the name '" + name + "'");
        return new Answer(mask.learn(checked), "", false);
      } catch (IllegalArgumentException e) {
        return Answer.no(String.valueOf(e.getMessage()));
      }
    }

    private void list(SecretSource source) {
      try {
        known.addAll(source.names());
      } catch (Throwable t) {
        log.debug("the names of secrets can't be listed: {}", t.getClass().getName());
      }
    }

    /** For the names that have no answer yet. */
    void endsFor(String why) {
      Map<String, Answer> late = new LinkedHashMap<>();
      names.forEach(name -> late.put(name, Answer.no("secret '%s': %s".formatted(name, why))));
      late.forEach(answers::putIfAbsent);
    }
  }
}
