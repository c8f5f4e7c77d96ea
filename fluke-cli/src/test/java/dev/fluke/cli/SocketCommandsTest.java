package dev.fluke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.socket.AnotherUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands of several users at the sockets of daemons. */
@Tag("slow")
class SocketCommandsTest {
  @TempDir static Path dir;
  private static Path fluke;

  @BeforeAll
  static void install() throws Exception {
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    fluke = dir.resolve("bin/fluke");
    InstalledFluke.install(dir, fluke);
  }

  private static Shell.Ended run(List<String> prefix, Map<String, String> env, String line)
      throws Exception {
    List<String> argv = new ArrayList<>(prefix);
    argv.add("env");
    env.forEach((name, value) -> argv.add(name + "=" + value));
    argv.addAll(List.of("sh", "-c", "cd / && " + line.replace("fluke ", fluke + " ")));
    return Program.ended(dir, new ProcessBuilder(argv));
  }

  @Test
  void findsTheDaemonOfTheUser() throws Exception {
    try (RealUser user = RealUser.added()) {
      Path runtime = Files.createDirectory(dir.resolve("runtime"));
      Program.sh(dir, "chmod 700 runtime; chown " + user.name() + " runtime");

      Shell.Ended agents =
          run(
              user.prefix(),
              Map.of("XDG_RUNTIME_DIR", runtime + ""),
              """
              umask 077; cd; mkdir m
              echo '{ directory: m, agents: { here: { local: {} } } }' > fluke.yaml
              fluke run 2> log & daemon=$!
              trap 'kill $daemon; wait $daemon' EXIT
              until grep -q 'the API is at' log; do kill -0 $daemon || exit; done
              fluke get agents >&2 && grep API log
              """);

      assertThat(agents.status()).as(agents.err()).isZero();
      assertThat(agents.out()).contains("the API is at unix:" + runtime + "/fluke/fluke.sock");
      assertThat(agents.err()).contains("here");
    }
  }

  @Test
  void acceptsFilesOfAUserWithTheUmask002() throws Exception {
    try (RealUser user = RealUser.added()) {
      Shell.Ended ended =
          run(
              user.prefix(),
              Map.of(),
              """
              umask 002; cd; mkdir infra; cd infra
              fluke init >&2
              fluke validate >&2
              git init -q new; cd new
              git -c user.name=a -c user.email=a commit -q --allow-empty -m one
              mkdir web; echo 'tasks: {}' > web/a.fluke.yaml; git add .
              git -c user.name=a -c user.email=a commit -q -m two
              git clone -q . ../cloned; cd ..
              (umask 077; echo '{ directory: cloned, agents: { here: { local: {} } } }' > two.yaml)
              ln -s x cloned/x; ln -s /root/none cloned/notes.md
              stat -c %a . cloned cloned/web/a.fluke.yaml
              fluke validate --config two.yaml >&2
              """);

      assertThat(ended.status()).as(ended.err()).isZero();
      assertThat(ended.out().lines()).containsExactly("775", "775", "664");
    }
  }

  @Test
  void servesRootAndMembersOfTheGroup() throws Exception {
    Files.createDirectory(dir.resolve("etc"));
    Path socket = dir.resolve("run/fluke.sock");
    PrivateFile.write(
        dir.resolve("etc/fluke.yaml"),
        """
        directory: manifests
        agents: { here: { local: {} } }
        http: { socket: ../run/fluke.sock, socket_group: adm }
        """);
    Files.createDirectory(dir.resolve("etc/manifests"));
    Files.writeString(
        dir.resolve("etc/manifests/a.fluke.yaml"),
        """
        tasks:
          greeting:
            selector: { all: true }
            steps: [ { shell: s, check: test -e %1$s/done, command: touch %1$s/done } ]
        """
            .formatted(dir));
    try (Program daemon = Program.daemon(dir.resolve("etc"), Map.of())) {
      assertThat(daemon.url()).isEqualTo("unix:" + socket);
      Map<String, String> env = Map.of("FLUKE_SERVER", "unix:" + socket);

      Map<String, String> sudo = Map.of("FLUKE_SERVER", "unix:" + socket, "SUDO_USER", "ann");
      Shell.Ended forced =
          run(List.of(), sudo, "fluke reconcile agent here --force --wait --reason x");
      assertThat(forced.out()).as(forced.err()).contains("REMEDIATED");

      List<String> member = AnotherUser.memberOf("adm").prefix();
      Shell.Ended refused = run(member, env, "fluke reconcile agent here --force --wait");
      assertThat(refused.status()).as(refused.err()).isEqualTo(77);
      assertThat(refused.err()).contains("'unix:64712' has no right to force");
      Shell.Ended events = run(member, env, "fluke get events --limit 50");
      assertThat(events.out())
          .as(events.err())
          .contains("actor=unix:root on_behalf_of=ann reason=x");

      Shell.Ended stranger = run(AnotherUser.STRANGER.prefix(), env, "fluke get agents");
      assertThat(stranger)
          .isEqualTo(
              new Shell.Ended(
                  77,
                  "",
                  "fluke: permission denied: unix:%s is for root, and members of the group 'adm'; log in again after you have joined it\n"
                      .formatted(socket)));
    }
  }
}
