package dev.fluke.cli.http;

import dev.fluke.agent.Selector;
import dev.fluke.cli.access.Caller;
import dev.fluke.cli.access.Right;
import dev.fluke.cli.socket.LocalUser;
import java.io.IOException;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;

/**
 * Accepts the users of this machine who can connect to a Unix socket; the kernel says who they are.
 * Root and the user of this process may do everything. Others get here only as members of the group
 * of the socket.
 */
final class PeerAuthenticator implements Authenticator {
  private static final Set<Right> OF_MEMBERS = Set.of(Right.READ, Right.PLAN, Right.RECONCILE);

  private final boolean hasGroup;
  private final Set<UserPrincipal> owners = LocalUser.selfAndRoot();

  PeerAuthenticator(boolean hasGroup) {
    this.hasGroup = hasGroup;
  }

  @Override
  public Authentication authenticate(Request request, ApiRequest head) {
    if (request.getConnectionMetaData().getConnection().getEndPoint()
        instanceof SocketChannelEndPoint endPoint) {
      try {
        return authenticate(LocalUser.peer(endPoint.getChannel()));
      } catch (IOException | UnsupportedOperationException e) {
        // it closed the connection
      }
    }
    return Authentication.refused(403, "this machine does not say who calls");
  }

  Authentication authenticate(UserPrincipal user) {
    String name = "unix:" + LocalUser.name(user);
    if (owners.contains(user)) {
      return Authentication.of(Caller.unrestricted(name));
    }
    return hasGroup
        ? Authentication.of(new Caller(name, OF_MEMBERS, Selector.everyAgent()))
        : Authentication.refused(403, "only root and the user of the daemon may call it");
  }
}
