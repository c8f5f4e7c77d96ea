package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.transport.HostConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Remarks on files that other users can change or read, and how Fluke creates its own. */
@Tag("Z08")
class FilePermissionCheckTest {
  @RegisterExtension static final Lab lab = new Lab();
  @TempDir Path dir;

  private static List<String> remarks(Ssh ssh) throws Exception {
    try (HostConnection connection = lab.open(ssh)) {
      return connection.remarks();
    }
  }

  private Path copy(Path file, String rights) throws Exception {
    Path copy = Files.copy(file, dir.resolve(file.getFileName() + rights));
    return Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString(rights));
  }

  @Test
  void remarksOnKnownHostsThatOthersCanWrite() throws Exception {
    Path known = lab.server().knownHosts();
    Ssh ssh = Ssh.to("127.0.0.1").port(lab.server().port).key(lab.server().key());
    Map<String, String> loosened = Map.of("rw--w----", "0620", "rw-rw-rw-", "0666");
    for (Map.Entry<String, String> rights : loosened.entrySet()) {
      Path loose = copy(known, rights.getKey());
      String remark =
          "known hosts: %s can be written by others (mode %s); run chmod go-w %s"
              .formatted(loose, rights.getValue(), loose);
      assertThat(remarks(ssh.knownHosts(loose))).containsExactly(remark);
      assertThat(remarks(lab.server().ssh().through(ssh.knownHosts(loose))))
          .as("of a jump host")
          .containsExactly(remark);
    }
    assertThat(remarks(ssh.knownHosts(copy(known, "rw-r--r--")))).isEmpty();
  }

  @Test
  void remarksOnAPrivateKeyThatOthersCanRead() throws Exception {
    Ssh ssh = Ssh.to("127.0.0.1").port(lab.server().port).knownHosts(lab.server().knownHosts());
    Path loose = copy(lab.server().key(), "rw-r-----");
    assertThat(remarks(ssh.key(loose)))
        .containsExactly(
            "private key: %s can be read by others (mode 0640); run chmod 600 %s"
                .formatted(loose, loose));
    assertThat(remarks(ssh.key(copy(lab.server().key(), "r--------")))).isEmpty();
  }

  @Test
  void createsKnownHostsForTheOwnerOnly() throws Exception {
    Path known = dir.resolve("new/known_hosts");
    Ssh ssh = Ssh.to("127.0.0.1").port(lab.server().port).key(lab.server().key()).acceptNew();

    assertThat(remarks(ssh.knownHosts(known))).isEmpty();
    assertThat(Files.getPosixFilePermissions(known))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(known.getParent()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }
}
