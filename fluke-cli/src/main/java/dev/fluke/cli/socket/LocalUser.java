package dev.fluke.cli.socket;

import dev.fluke.files.internal.ProcessOwner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/** Users of this machine. Two users are equal if their numbers are, whatever their names are. */
public final class LocalUser {
  private LocalUser() {}

  /** The user of this process. */
  public static UserPrincipal self() {
    return ProcessOwner.get();
  }

  /** The user with the number 0. */
  public static UserPrincipal root() {
    try {
      return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Root and the user of this process; they are one if root runs it. */
  public static Set<UserPrincipal> selfAndRoot() {
    return Set.copyOf(List.of(self(), root()));
  }

  /**
   * The user at the other end of a Unix socket: who connected or, for a client, who listens. The
   * kernel says so.
   */
  public static UserPrincipal peer(SocketChannel channel) throws IOException {
    return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
  }

  /** The name of a user; the number of one without a name. */
  public static String name(UserPrincipal user) {
    String name = user.getName();
    boolean isNegative = name.matches("-\\d{1,10}"); // Java shows the number as a signed one
    return isNegative ? Integer.toUnsignedString(Integer.parseInt(name)) : name;
  }
}
