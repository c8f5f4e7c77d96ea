package dev.fluke.tests.support;

import dev.fluke.testkit.VirtualTime;

/** Virtual time on a machine where threads can't always be started; a thread may fail by name. */
public final class Starving extends DelegatingTime {
  private boolean startsNothing;
  private String failsOnce = "";
  private boolean failed;
  private boolean closed;

  public Starving(VirtualTime time) {
    super(time);
  }

  public void startsNothing(boolean nothing) {
    startsNothing = nothing;
  }

  /** The next start of a thread whose name begins with this fails. */
  public void failsOnce(String name) {
    failsOnce = name;
    failed = false;
  }

  /** Whether a start failed since then. */
  public boolean failed() {
    return failed;
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public Work start(String name, Runnable work) {
    boolean fails = !failed && !failsOnce.isEmpty() && name.startsWith(failsOnce);
    failed |= fails;
    if (startsNothing || fails) {
      throw new OutOfMemoryError("unable to create native thread");
    }
    return super.start(name, work);
  }

  @Override
  public void close() {
    closed = true;
    super.close();
  }
}
