package dev.fluke.tests.support;

import dev.fluke.testkit.VirtualTime;
import java.time.Duration;

/** Virtual time whose timers fire although they were cancelled, as those that already began do. */
public final class Uncancellable extends DelegatingTime {
  public Uncancellable(VirtualTime time) {
    super(time);
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    super.after(delay, action);
    return () -> {};
  }
}
