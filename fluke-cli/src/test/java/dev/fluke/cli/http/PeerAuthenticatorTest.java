package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.access.Caller;
import dev.fluke.cli.access.Right;
import dev.fluke.cli.socket.LocalUser;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeerAuthenticatorTest {
  private static UserPrincipal user(String name) throws Exception {
    return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name);
  }

  private static Caller accepted(boolean hasGroup, UserPrincipal user) {
    return ((Authentication.Accepted) new PeerAuthenticator(hasGroup).authenticate(user)).caller();
  }

  @Test
  void letsRootAndTheUserOfTheDaemonDoEverything() throws Exception {
    for (boolean hasGroup : new boolean[] {false, true}) {
      Caller root = accepted(hasGroup, user("root"));
      assertThat(root.name()).isEqualTo("unix:root");
      assertThat(root.rights()).isEqualTo(Right.all());
      assertThat(accepted(hasGroup, LocalUser.self()).rights()).isEqualTo(Right.all());
    }
  }

  @Test
  void letsMembersDoAllButForce() throws Exception {
    for (String name : new String[] {"nobody", "64711"}) {
      Caller member = accepted(true, user(name));
      assertThat(member.name()).isEqualTo("unix:" + name);
      assertThat(member.rights())
          .containsExactlyInAnyOrder(Right.READ, Right.PLAN, Right.RECONCILE);
      assertThat(member.knows("any", Map.of())).isTrue();
    }
  }

  @Test
  void refusesEverybodyElseWithoutAGroup() throws Exception {
    assertThat(new PeerAuthenticator(false).authenticate(user("nobody")))
        .isEqualTo(Authentication.refused(403, "only root and the user of the daemon may call it"));
  }
}
