package dev.fluke.transport;

import static dev.fluke.transport.Shells.limited;
import static dev.fluke.transport.Shells.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users of all kinds: their home may be of no use, and they may have neither home nor name. */
@Tag("rule-5")
@Tag("rule-16")
@Tag("slow")
class LoginHomeTest {
  private static final String WHERE = "printf '%s\\n' \"$HOME $(pwd) $USER $LOGNAME\"";
  private static final String LOST =
      "; whether an apply that lost its connection still runs is asked of its process";

  private final Shells shells = new Shells();
  private final Map<String, String> homes = new LinkedHashMap<>();
  @TempDir Path dir;

  @BeforeEach
  void addUsers() throws Exception {
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createFile(dir.resolve("file"));
    Path open = Files.createDirectory(dir.resolve("with  space"));
    Path shut = Files.createDirectory(dir.resolve("shut"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("r-xr-xr-x"));
    Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("rwx------"));
    homes.put("flopen", open.toString());
    homes.put("flroot", "/");
    homes.put("flmissing", "/no/such");
    homes.put("flfile", dir + "/file");
    homes.put("flshut", shut.toString());
    homes.put("flrelative", "usr");
    homes.put("flempty", "");
    StringBuilder lines = new StringBuilder(Files.readString(Path.of("/etc/passwd")));
    int number = 54400;
    for (Map.Entry<String, String> user : homes.entrySet()) {
      int id = number++;
      lines.append("%s:x:%d:%d::%s:/bin/sh\n".formatted(user.getKey(), id, id, user.getValue()));
    }
    Files.writeString(dir.resolve("passwd"), lines);
  }

  @AfterEach
  void close() {
    shells.close();
  }

  /** On a host with these users and this /bin/sh; the words lead to the shell. */
  private HostConnection open(String sh, String words) throws Exception {
    String mounts = "mount --bind \"$0\" /etc/passwd && cd \"${0%/*}\" && ";
    String program = sh.equals("dash") ? "" : "mount --bind /bin/" + sh + " /usr/bin/dash && ";
    return shells.open(
        Transport.throughShell(
            "unshare",
            "--mount",
            "sh",
            "-c",
            mounts + program + words,
            dir.resolve("passwd").toString()));
  }

  private static String as(Object user) {
    return "exec /usr/bin/setpriv --reuid " + user + " --regid 54321 --clear-groups /bin/sh";
  }

  /** What a check and an apply print. */
  private static String answer(HostConnection connection, Command command) {
    String asked = result(connection.ask(List.of(limited(command))).get(0)).stdout();
    try (Held held = connection.hold(Duration.ofMinutes(1))) {
      assertThat(result(held.act(limited(command))).stdout()).isEqualTo(asked);
    }
    return asked;
  }

  /** Where a user works: HOME and the directory. */
  private String place(String user) {
    String home = homes.getOrDefault(user, "");
    return switch (user) {
      case "flopen", "flroot" -> home + " " + home;
      case "flrelative", "flempty" -> "/ /";
      default -> home + " /";
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox"})
  void worksForEachUserAndRemarksAHomeThatCantBeLocked(String sh) throws Exception {
    List<String> users = new ArrayList<>(homes.keySet());
    for (String user : sh.equals("dash") ? users : List.of("flmissing", "flempty")) {
      try (HostConnection connection = open(sh, "unset HOME; umask 077; " + as(user))) {
        assertThat(answer(connection, Command.shell(WHERE + "; umask")))
            .isEqualTo("%s %s %s\n0022\n".formatted(place(user), user, user));
        String trouble = "the home directory of " + user + " can't be opened";
        assertThat(connection.remarks())
            .isEqualTo(
                List.of("flopen", "flroot", "flrelative", "flempty").contains(user)
                    ? List.of()
                    : List.of(Held.TWO_MAY_APPLY + ": " + trouble + LOST));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox"})
  void worksForAUserWithoutAName(String sh) throws Exception {
    String home = dir + "/with  space";
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("unset HOME; PATH=/no/such", "/ /");
    expected.put("mkdir gone; cd gone; rmdir ../gone; HOME='" + home + "'", home + " " + home);
    if (sh.equals("dash")) {
      expected.put("HOME=/root", "/ /");
      expected.put("HOME=relative", "/ /");
    }
    for (Map.Entry<String, String> each : expected.entrySet()) {
      try (HostConnection connection = open(sh, each.getKey() + "; " + as(54321))) {
        assertThat(answer(connection, Command.shell(WHERE).inDefaultShell()))
            .isEqualTo(each.getValue() + " 54321 54321\n");
        assertThat(connection.remarks())
            .containsExactly(
                Held.TWO_MAY_APPLY
                    + ": the user 54321 has no name on this host, and so no home directory"
                    + LOST);
      }
    }
  }

  @Test
  void worksForAUserOfADomainInTheHomeOfTheLogin() throws Exception {
    String home = homes.get("flopen");
    Files.writeString(
        dir.resolve("passwd"),
        "D\\jo; id $x:x:54321:54321::/no/such:/bin/sh\n",
        StandardOpenOption.APPEND);
    try (HostConnection connection = open("dash", "HOME='" + home + "'; " + as(54321))) {
      assertThat(answer(connection, Command.shell(WHERE)))
          .isEqualTo("%1$s %1$s %2$s %2$s\n".formatted(home, "D\\jo; id $x"));
      assertThat(connection.remarks()).isEmpty();
    }
  }

  @Test
  void runsAsEachUserWhateverTheHome() throws Exception {
    try (HostConnection connection = open("dash", "exec /bin/sh")) {
      List<String> found = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      homes.remove("flempty"); // runuser refuses that
      for (String user : homes.keySet()) {
        found.add(answer(connection, Command.shell(WHERE).runAs(user)));
        found.add(answer(connection, Command.shell("pwd").runAs(user).in("/usr")));
        expected.add("%s %s %s\n".formatted(place(user), user, user));
        expected.add("/usr\n");
      }
      assertThat(found).isEqualTo(expected);
    }
  }
}
