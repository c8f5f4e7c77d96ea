package dev.fluke.files.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is in which group, as the files of a machine say. */
class AccountsTest {
  private static final int LARGE = Integer.parseUnsignedInt("4000000001");

  @TempDir Path dir;

  private Accounts accounts(String users, String groups) throws Exception {
    return new Accounts(
        Files.writeString(dir.resolve("passwd"), users),
        Files.writeString(dir.resolve("group"), groups));
  }

  @Test
  void findsThePrimaryGroupThatIsPrivate() throws Exception {
    Accounts accounts =
        accounts(
            """
            root:x:0:0::/:/bin/sh
            ann:x:1000:1000::/:/bin/sh
            bob:x:1001:100::/:/bin/sh
            eve:x:1002:100::/:/bin/sh
            tim:x:1003:1003::/:/bin/sh
            far:x:1004:1004::/:/bin/sh
            big:x:4000000001:4000000001::/:/bin/sh
            """,
            """
            ann:x:1000:ann,root
            users:x:100:
            empty:x:1001:
            tim:x:1003:eve
            big:x:4000000001:
            """);

    assertThat(accounts.isPrivate(1000, 1000)).isTrue();
    assertThat(accounts.isPrivate(LARGE, LARGE)).isTrue();
    assertThat(accounts.isPrivate(1001, 100)).as("the primary group of another, too").isFalse();
    assertThat(accounts.isPrivate(1001, 1001)).as("not his primary group").isFalse();
    assertThat(accounts.isPrivate(1003, 1003)).as("has a member").isFalse();
    assertThat(accounts.isPrivate(1004, 1004)).as("a group of a directory service").isFalse();
    assertThat(accounts.isPrivate(1005, 1005)).as("a user of a directory service").isFalse();
  }

  @Test
  void readsAMachineWithoutSuchFiles() throws Exception {
    Accounts none = new Accounts(dir.resolve("no-passwd"), dir.resolve("no-group"));

    assertThat(none.isAlone(1000, 1000)).isTrue();
    assertThat(none.isPrivate(1000, 1000)).isFalse();
    Accounts unreadable = new Accounts(dir, dir);
    assertThat(unreadable.isAlone(1000, 1000)).isFalse();
    assertThat(unreadable.isPrivate(1000, 1000)).isFalse();
  }
}
