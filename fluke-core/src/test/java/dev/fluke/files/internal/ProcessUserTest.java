package dev.fluke.files.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who this process is, and what root gives it. */
class ProcessUserTest {
  @TempDir Path dir;

  @Test
  void isTheOwnerOfFilesThatThisProcessCreates() throws Exception {
    FilePermissions file = FilePermissions.of(Files.createFile(dir.resolve("file")));
    ProcessUser user = ProcessUser.current();

    assertThat(user.uid()).isEqualTo(file.uid());
    assertThat(user.groups()).contains(file.gid());
    assertThat(user.trusts(file.uid())).isTrue();
    assertThat(user.trusts(0)).isTrue();
    assertThat(user.trusts(file.uid() + 1)).isFalse();
  }

  @Test
  void hasNumbersAboveTwoToThePowerOf31() throws Exception {
    Path file = Files.createFile(dir.resolve("file"));
    Files.setAttribute(file, "unix:uid", Integer.parseUnsignedInt("3000000001"));
    ProcessUser user =
        ProcessUser.of(
            List.of(
                "Uid:\t1\t3000000001\t1\t1", "Gid:\t1\t3000000002\t1\t1", "Groups:\t3000000003 5 "),
            null);

    assertThat(user.trusts(FilePermissions.of(file).uid())).isTrue();
    assertThat(FilePermissions.of(file).owner()).isEqualTo("3000000001");
    assertThat(user.groups())
        .containsExactlyInAnyOrder(
            Integer.parseUnsignedInt("3000000002"), Integer.parseUnsignedInt("3000000003"), 5);
  }

  @Test
  void sharesAGroupThatOtherUsersAreIn() {
    ProcessUser service = new ProcessUser(54322, Set.of(0, 1, 54322), null);

    assertThat(service.isGivenByRoot(new FilePermissions(dir, 0100640, 0, 54322))).isTrue();
    assertThat(service.isGivenByRoot(new FilePermissions(dir, 0100640, 0, 0)))
        .as("the user root is in the group root")
        .isTrue();
    assertThat(service.isGivenByRoot(new FilePermissions(dir, 0100640, 0, 1)))
        .as("the user daemon is in the group daemon")
        .isFalse();
    assertThat(service.isGivenByRoot(new FilePermissions(dir, 0100640, 54322, 54322)))
        .as("its own file")
        .isFalse();
  }
}
