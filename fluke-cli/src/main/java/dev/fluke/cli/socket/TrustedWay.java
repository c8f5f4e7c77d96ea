package dev.fluke.cli.socket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;

/** Whether somebody else could put another directory in the place of one of ours. */
final class TrustedWay {
  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int ENTERABLE_BY_OTHERS = 0011;
  private static final int STICKY = 01000;

  private TrustedWay() {}

  /**
   * What is wrong with the directories from the root to this one: each must belong to root or this
   * user, and nobody else may write in it, unless it is sticky, as /tmp is. What lies in a
   * directory that nobody else can enter is out of reach. Follows links, which must belong to root
   * or this user, too. Empty if nothing is wrong.
   */
  static Optional<String> problem(Path directory) throws IOException {
    Optional<String> asNamed = problemOnTheWay(directory);
    return asNamed.isPresent() ? asNamed : problemOnTheWay(directory.toRealPath());
  }

  private static Optional<String> problemOnTheWay(Path directory) throws IOException {
    Set<UserPrincipal> trusted = LocalUser.selfAndRoot();
    Path step = directory.getRoot();
    int next = 0;
    while (true) {
      for (LinkOption[] links : new LinkOption[][] {{}, {LinkOption.NOFOLLOW_LINKS}}) {
        UserPrincipal owner = Files.getOwner(step, links);
        if (!trusted.contains(owner)) {
          return Optional.of("%s belongs to '%s'".formatted(step, LocalUser.name(owner)));
        }
      }
      int mode = (int) Files.getAttribute(step, "unix:mode");
      if ((mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
        return Optional.of("other users can write in " + step);
      }
      if ((mode & ENTERABLE_BY_OTHERS) == 0 || next == directory.getNameCount()) {
        return Optional.empty();
      }
      step = step.resolve(directory.getName(next++));
    }
  }
}
