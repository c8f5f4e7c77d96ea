package dev.fluke.testkit;

import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions about the commands that ran on a fake host. */
public final class FakeHostAssert extends AbstractAssert<FakeHostAssert, FakeHost> {

  FakeHostAssert(FakeHost actual) {
    super(actual, FakeHostAssert.class);
  }

  /** Counts how often applies ran exactly this command. */
  public Count ran(String text) {
    isNotNull();
    return new Count("ran", text, actual.acted());
  }

  /** Counts how often checks asked exactly this command. */
  public Count asked(String text) {
    isNotNull();
    return new Count("asked", text, actual.asked());
  }

  /** An assertion about a count. */
  public final class Count {
    private final String verb;
    private final String text;
    private final List<String> journal;

    private Count(String verb, String text, List<String> journal) {
      this.verb = verb;
      this.text = text;
      this.journal = journal;
    }

    /** Verifies that it was exactly once. */
    public FakeHostAssert once() {
      return times(1);
    }

    /** Verifies that it was not at all. */
    public FakeHostAssert never() {
      return times(0);
    }

    /** Verifies that it was exactly this often. */
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
