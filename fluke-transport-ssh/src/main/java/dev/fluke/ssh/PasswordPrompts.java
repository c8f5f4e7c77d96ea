package dev.fluke.ssh;

import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;
import dev.fluke.text.Printable;
import org.jspecify.annotations.Nullable;

/**
 * Gives a host the password of one login: once as a password, and once where it prompts for it with
 * {@code keyboard-interactive}. JSch's own copy of the password is erased after the first.
 */
final class PasswordPrompts implements UserInfo, UIKeyboardInteractive {
  /** What JSch calls the question for a new password, within the method {@code password}. */
  private static final String CHANGE = "Password Change Required";

  private final String password;
  private boolean given;
  private boolean answered;

  PasswordPrompts(String password) {
    this.password = password;
  }

  /** The host refused the password, or wants more than that; JSch would go on without end. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /** JSch asks again after a refusal. */
  @Override
  public boolean promptPassword(String message) {
    boolean first = !given;
    given = true;
    return first;
  }

  @Override
  public String getPassword() {
    return password;
  }

  @Override
  public String[] promptKeyboardInteractive(
      String destination, String name, String instruction, String[] prompts, boolean[] echo) {
    if (name.equals(CHANGE)) {
      throw new RefusedException("the password has expired; set another one on the host");
    }
    if (prompts.length == 0) {
      return new String[0];
    }
    if (prompts.length > 1 || echo[0]) {
      throw new RefusedException(
          "the host asks for more than a password: " + Printable.of(String.join(", ", prompts)));
    }
    if (answered) {
      throw new RefusedException("the host refused the password");
    }
    answered = true;
    return new String[] {password};
  }

  @Override
  public boolean promptPassphrase(String message) {
    return false;
  }

  @Override
  public @Nullable String getPassphrase() {
    return null;
  }

  @Override
  public boolean promptYesNo(String message) {
    return false;
  }

  @Override
  public void showMessage(String message) {
    // a banner
  }
}
