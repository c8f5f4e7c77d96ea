package dev.fluke.executor;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The answer of a check: in sync, drifted, or unknown. Fluke applies only after drift, never after
 * an unknown. Immutable.
 */
public sealed interface CheckResult {

  /** The host is as declared. */
  static CheckResult inSync() {
    return InSync.INSTANCE;
  }

  /**
   * The host is not as declared.
   *
   * @param what what differs, such as {@code state}
   * @param expected the declared value
   * @param found the value on the host
   */
  static Drifted drifted(String what, String expected, String found) {
    return new Drifted(List.of(new Difference(what, expected, found)), Optional.empty());
  }

  /**
   * The check can't say whether the host is as declared.
   *
   * @param why one line for people
   */
  static CheckResult unknown(String why) {
    return new Unknown(why);
  }

  /**
   * Combines both answers: drifted if one is, with all differences; else unknown if one is; else in
   * sync.
   */
  default CheckResult and(CheckResult other) {
    if (this instanceof Drifted mine && other instanceof Drifted theirs) {
      List<Difference> all = new ArrayList<>(mine.differences());
      all.addAll(theirs.differences());
      return new Drifted(all, mine.doubt().or(theirs::doubt));
    }
    if (this instanceof Drifted || other instanceof InSync) {
      return this;
    }
    return this instanceof Unknown && !(other instanceof Drifted) ? this : other;
  }

  /** Calls the function of its kind, and returns that function's result. */
  default <T> T fold(
      Function<InSync, T> inSync, Function<Drifted, T> drifted, Function<Unknown, T> unknown) {
    if (this instanceof InSync yes) {
      return inSync.apply(yes);
    }
    if (this instanceof Drifted no) {
      return drifted.apply(no);
    }
    return unknown.apply((Unknown) this);
  }

  /** The same answer, with {@code change} applied to each of its texts. */
  default CheckResult map(UnaryOperator<String> change) {
    return fold(
        inSync -> inSync,
        drifted ->
            new Drifted(
                drifted.differences().stream().map(each -> each.map(change)).toList(),
                drifted.doubt().map(change)),
        unknown -> new Unknown(change.apply(unknown.why())));
  }

  /** The host is as declared. */
  record InSync() implements CheckResult {
    private static final InSync INSTANCE = new InSync();

    @Override
    public String toString() {
      return "in sync";
    }
  }

  /**
   * The host is not as declared.
   *
   * @param differences what differs; at least one
   * @param doubt why the check itself may be wrong; empty if nothing suggests that
   */
  record Drifted(List<Difference> differences, Optional<String> doubt) implements CheckResult {
    /** Copies the list; refuses an empty one. */
    public Drifted {
      differences = List.copyOf(differences);
      requireNonNull(doubt, "doubt");
      if (differences.isEmpty()) {
        throw new IllegalArgumentException("drifted, but no difference given; say what differs");
      }
    }

    /**
     * The same answer, with a reason to suspect the check, such as {@code command not found}. If an
     * apply then changes nothing, the report names the check as the suspect.
     */
    public Drifted doubting(String why) {
      return new Drifted(differences, Optional.of(why));
    }

    @Override
    public String toString() {
      List<String> lines = differences.stream().map(Difference::toString).toList();
      return String.join("; ", lines) + doubt.map(why -> " (" + why + ")").orElse("");
    }
  }

  /**
   * The check can't say.
   *
   * @param why one line for people
   */
  record Unknown(String why) implements CheckResult {
    /** Refuses null. */
    public Unknown {
      requireNonNull(why, "why");
    }

    @Override
    public String toString() {
      return "can't tell: " + why;
    }
  }
}
