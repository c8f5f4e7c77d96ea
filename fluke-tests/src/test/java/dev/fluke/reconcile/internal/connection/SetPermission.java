package dev.fluke.reconcile.internal.connection;

/** A permission that a test takes away. */
final class SetPermission implements HostAccess.Permission {
  volatile String noCheck = "";
  volatile String notOn = "";
  volatile boolean abandoned;

  @Override
  public String whyNoCheck() {
    return noCheck;
  }

  @Override
  public String whyNotGoOn() {
    return notOn;
  }

  @Override
  public void throwIfAbandoned() {
    if (abandoned) {
      throw new HostAccess.AbandonedException();
    }
  }
}
