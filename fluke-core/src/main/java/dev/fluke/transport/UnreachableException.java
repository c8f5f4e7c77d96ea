package dev.fluke.transport;

/** A host could not be reached. */
public final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1L;
  private final boolean loginRefused;
  private final boolean shellRefused;

  private UnreachableException(String message, boolean loginRefused, boolean shellRefused) {
    super(message);
    this.loginRefused = loginRefused;
    this.shellRefused = shellRefused;
  }

  /** Down, refused, filtered, no shell: worth another try soon. */
  public static UnreachableException because(String why) {
    return new UnreachableException(why, false, false);
  }

  /** The host refused who asked: tried again only after an hour, or with new settings. */
  public static UnreachableException loginRefused(String why) {
    return new UnreachableException(why, true, false);
  }

  /** The host answers, and has no shell for us. */
  static UnreachableException shellRefused(String why) {
    return new UnreachableException(why, false, true);
  }

  boolean isShellRefused() {
    return shellRefused;
  }

  /** Whether the host refused who asked. */
  public boolean isLoginRefused() {
    return loginRefused;
  }
}
