package dev.fluke.transport;

/** A host could not be reached. */
public final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1L;
  private final boolean loginRefused;

  private UnreachableException(String message, boolean loginRefused) {
    super(message);
    this.loginRefused = loginRefused;
  }

  /** Down, refused, filtered, no shell: worth another try soon. */
  public static UnreachableException because(String why) {
    return new UnreachableException(why, false);
  }

  /** The host refused who asked: tried again only after an hour, or with new settings. */
  public static UnreachableException loginRefused(String why) {
    return new UnreachableException(why, true);
  }

  /** Whether the host refused who asked. */
  public boolean isLoginRefused() {
    return loginRefused;
  }
}
