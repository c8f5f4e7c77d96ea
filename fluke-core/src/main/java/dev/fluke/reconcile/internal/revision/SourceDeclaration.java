package dev.fluke.reconcile.internal.revision;

import dev.fluke.source.ManifestSource;
import dev.fluke.text.Durations;
import dev.fluke.text.ErrorText;
import dev.fluke.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What a source says of itself. Its methods are the application's code, so they are called once,
 * where the reconciler is built; none is called under a lock.
 *
 * @param name names the source in reports, events and the status
 * @param interval the time between two polls, if it has one of its own
 * @param problems every reason why it can't be used
 */
record SourceDeclaration(
    ManifestSource source,
    String name,
    Optional<Duration> interval,
    boolean allowsEmpty,
    boolean readsYaml,
    List<String> problems) {

  static SourceDeclaration of(ManifestSource source) {
    String type = source.getClass().getName();
    List<String> problems = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    String name = asked(source::toString, "toString()", type, failures);
    List<String> own = asked(source::problems, "problems()", List.<String>of(), failures);
    Optional<Duration> interval =
        asked(source::pollInterval, "pollInterval()", Optional.<Duration>empty(), failures);
    boolean allowsEmpty = asked(source::allowsEmpty, "allowsEmpty()", false, failures);
    boolean readsYaml = asked(source::readsYaml, "readsYaml()", false, failures);
    problems.addAll(own);
    interval.ifPresent(
        time ->
            Durations.problem(time)
                .ifPresent(why -> problems.add("its interval is %s, %s".formatted(time, why))));
    problems.addAll(failures);
    return new SourceDeclaration(
        source, Printable.of(name), interval, allowsEmpty, readsYaml, problems);
  }

  private static <T> T asked(Callable<T> question, String what, T instead, List<String> failures) {
    try {
      T answer = question.call();
      if (answer != null) {
        return answer;
      }
      failures.add("its %s returned null".formatted(what));
    } catch (Throwable t) {
      failures.add("its %s failed: %s".formatted(what, ErrorText.of(t)));
    }
    return instead;
  }
}
