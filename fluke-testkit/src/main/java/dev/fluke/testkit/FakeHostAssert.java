package dev.fluke.testkit;

import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions about what was run on a fake host. */
public final class FakeHostAssert extends AbstractAssert<FakeHostAssert, FakeHost> {

  FakeHostAssert(FakeHost actual) {
    super(actual, FakeHostAssert.class);
  }

  /** Begins: an apply ran this command so often. */
  public Count ran(String text) {
    isNotNull();
    return new Count("ran", text, actual.acted());
  }

  /** Begins: a check asked this command so often. */
  public Count asked(String text) {
    isNotNull();
    return new Count("asked", text, actual.asked());
  }

  /** How often. */
  public final class Count {
    private final String verb;
    private final String text;
    private final List<String> journal;

    private Count(String verb, String text, List<String> journal) {
      this.verb = verb;
      this.text = text;
      this.journal = journal;
    }

    /** Exactly once. */
    public FakeHostAssert once() {
      return times(1);
    }

    /** Not at all. */
    public FakeHostAssert never() {
      return times(0);
    }

    /** Exactly so often. */
    public FakeHostAssert times(int expected) {
      long found = journal.stream().filter(text::equals).count();
      if (found != expected) {
        failWithMessage(
            "%s %s '%s' %s times, expected %s; it %s: %s",
            actual, verb, text, found, expected, verb, journal);
      }
      return FakeHostAssert.this;
    }
  }
}
