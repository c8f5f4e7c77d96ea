package dev.fluke.ssh;

import static dev.fluke.ssh.Lab.limited;
import static dev.fluke.ssh.Lab.stdout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.Secret;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Held;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Local;
import dev.fluke.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A step of an unprivileged user leaves a process behind, which reads and writes all that it has
 * open: it collects secrets of other users' commands, and answers in their place.
 */
@Tag("attack")
@Tag("Z03")
@Tag("slow")
class ChannelAttackTest {
  private static final int TRIES = Integer.getInteger("fluke.attack.tries", 20);
  private static final List<String> MODES = List.of("insert", "read", "forge");

  /** A shell whose input and output are one socket, as some SSH servers have it. */
  private static final Transport ON_A_SOCKET =
      Transport.throughShell(
          "perl",
          "-e",
          """
          use IO::Select; use Socket;
          socketpair(my $here, my $there, AF_UNIX, SOCK_STREAM, 0);
          if (!fork) {
            close $here; open(STDIN, '<&', $there); open(STDOUT, '>&', $there);
            close $there; exec('setsid', '/bin/sh');
          }
          close $there;
          my $all = IO::Select->new($here, *STDIN);
          while (my @ready = $all->can_read) {
            for my $one (@ready) {
              my $length = sysread($one, my $bytes, 65536);
              if ($one == $here) { $length ? syswrite(STDOUT, $bytes) : exit; }
              elsif ($length) { syswrite($here, $bytes); }
              else { shutdown($here, 1); $all->remove($one); }
            }
          }
          """);

  /** What is left behind; the step itself ends when it has begun. */
  private static final String ATTACK =
      """
      use Fcntl; use POSIX; use Socket;
      my ($mode, $loot, $stop) = @ARGV;
      my @numbers = map { m{/(\\d+)$} ? $1 : () } glob('/proc/self/fd/*');
      pipe(my $begun, my $begin);
      if (fork) { close $begin; <$begun>; exit 0; }
      close $begun; POSIX::setsid(); $SIG{PIPE} = 'IGNORE';
      open(my $log, '>>', $loot);
      my @all;
      for my $n (@numbers) {
        for my $way ('+<&=', '<&=') { if (open(my $h, $way, $n)) { push @all, $h; last; } }
        for my $way (O_RDWR, O_RDONLY) {
          if (sysopen(my $h, "/proc/self/fd/$n", $way | O_NONBLOCK)) { push @all, $h; }
        }
      }
      close $begin;
      my ($seen, %known) = ('');
      until (-e $stop || time - $^T > 60) {
        for my $h (@all) {
          my ($b, $ready) = ('', '');
          if (!defined recv($h, $b, 65536, MSG_DONTWAIT)) {
            vec($ready, fileno($h), 1) = 1;
            next unless select($ready, undef, undef, 0) > 0 && sysread($h, $b, 65536);
          }
          syswrite($log, $b); $seen .= $b;
          while ($mode eq 'forge'
              && $seen =~ s/.*?printf %s (B[0-9a-f]{32}).*?printf '%s%d;' (E[0-9a-f]{32})//s) {
            syswrite(STDOUT, "$1FORGED${2}0;"); syswrite(STDERR, "${2}0;");
          }
        }
        next if $mode ne 'insert';
        for my $file (glob('/proc/[0-9]*/cmdline')) {
          next if $known{$file};
          open(my $line, '<', $file) or next;
          next unless (<$line> // '') =~ /^sleep\\x000\\.0231/;
          $known{$file} = 1; syswrite($_, "FORGED\\n") for @all;
        }
      }
      """;

  @RegisterExtension static final Lab lab = new Lab("AuthorizedKeysFile .ssh/authorized_keys");

  private Accounts accounts;
  private String attacker;
  private String neighbour;
  private Path dir;
  private int successes;

  @BeforeEach
  void add() throws Exception {
    accounts = lab.opened(new Accounts(lab.server()));
    attacker = accounts.add("/bin/sh");
    neighbour = accounts.add("/bin/bash");
    Path root = Files.createDirectories(lab.server().dir.resolve("home/.ssh"));
    Files.copy(
        lab.server().dir.resolve("id.pub"),
        root.resolve("authorized_keys"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    dir = Files.createTempDirectory("attack");
    SshServer.run(List.of("chown", attacker, dir.toString()));
  }

  @AfterEach
  void remove() throws Exception {
    SshServer.run(List.of("rm", "-r", dir.toString()));
  }

  private Command attack(int number) {
    return limited(
        Command.of(
            "perl",
            "-e",
            ATTACK,
            MODES.get(number % MODES.size()),
            dir.resolve("loot" + number).toString(),
            dir.resolve("stop" + number).toString()));
  }

  private static Command victim(int number, String name) {
    String canary = "canary-" + name + number;
    return limited(
        Command.shell("sleep 0.0231; cat; printf '|%s|' \"$TOKEN\"")
            .env("TOKEN", Secret.of(canary))
            .stdin(canary));
  }

  /** The second of them is long, so that what follows lies in the channel while the first runs. */
  private List<Command> victims(int number) {
    return List.of(
        victim(number, "root"),
        limited(Command.shell(": " + "x".repeat(20_000) + "; printf '||'")),
        victim(number, "after"),
        victim(number, "bash").inDefaultShell(),
        victim(number, "neighbour").runAs(neighbour));
  }

  private static String expected(Command victim) {
    String canary = new String(victim.revealStdin(), StandardCharsets.UTF_8);
    return canary + "|" + canary + "|";
  }

  /** Counts a try that has an answer or a secret of another user. */
  private void judge(int number, List<Command> victims, List<Answer> answers) throws Exception {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < victims.size(); i++) {
      if (!stdout(answers.get(i)).equals(expected(victims.get(i)))) {
        wrong.add(stdout(answers.get(i)));
      }
    }
    Files.writeString(dir.resolve("stop" + number), "");
    Path loot = dir.resolve("loot" + number);
    String read = Files.exists(loot) ? Files.readString(loot, StandardCharsets.ISO_8859_1) : "";
    successes += wrong.isEmpty() && !read.contains("canary") ? 0 : 1;
  }

  private void assertNoSuccess(String name) {
    System.out.printf("attack\t%s\t%d\t%d%n", name, TRIES, successes);
    assertThat(successes).as(name).isZero();
  }

  private void attackChecks(String name, Transport transport) throws Exception {
    try (HostConnection connection = lab.open(transport)) {
      for (int i = 0; i < TRIES; i++) {
        Command attack = attack(i).runAs(attacker);
        Answer begun = connection.ask(List.of(attack)).get(0);
        assertThat(begun).isInstanceOf(Answer.Finished.class);
        List<Command> victims = victims(i);
        judge(i, victims, connection.ask(victims));
      }
    }
    assertNoSuccess(name);
  }

  @Test
  void getsNothingOfTheChecksOfOthers() throws Exception {
    attackChecks("channel-checks-ssh", lab.server().ssh());
  }

  @Test
  void getsNothingOfTheChecksOfOthersOnThisMachine() throws Exception {
    attackChecks("channel-checks-local", Local.machine());
  }

  @Test
  void getsNothingOfTheChecksOfOthersOnASocket() throws Exception {
    attackChecks("channel-checks-socket", ON_A_SOCKET);
  }

  @Test
  void getsNothingOfTheCommandsOfOthersUnderOneLock() throws Exception {
    try (HostConnection connection = lab.open(lab.server().ssh())) {
      for (int i = 0; i < TRIES; i++) {
        List<Command> victims = List.of(victim(i, "root"), victim(i, "neighbour").runAs(neighbour));
        List<Answer> answers = new ArrayList<>();
        try (Held held = connection.hold(Duration.ofMinutes(1))) {
          assertThat(held.act(attack(i).runAs(attacker))).isInstanceOf(Answer.Finished.class);
          for (Command victim : victims) {
            answers.add(held.act(victim));
          }
        }
        judge(i, victims, answers);
      }
    }
    assertNoSuccess("channel-apply");
  }

  @Test
  void getsNothingThroughTheOneProgramThatSudoAllows() throws Exception {
    String login = accounts.add("/bin/sh");
    Path program = dir.resolve("program");
    Files.writeString(program, "#!/usr/bin/perl\n" + ATTACK);
    SshServer.run(List.of("chmod", "755", dir.toString(), program.toString()));
    Path rules = Path.of("/etc/sudoers.d", login);
    Files.writeString(rules, "%s ALL=(%s) NOPASSWD: %s\n".formatted(login, attacker, program));
    SshServer.run(List.of("chmod", "440", rules.toString()));
    try (HostConnection connection = lab.open(lab.server().ssh().user(login))) {
      for (int i = 0; i < TRIES; i++) {
        Command attack =
            limited(
                Command.of(
                        program.toString(),
                        MODES.get(i % MODES.size()),
                        dir.resolve("loot" + i).toString(),
                        dir.resolve("stop" + i).toString())
                    .runAs(attacker));
        assertThat(connection.ask(List.of(attack)).get(0)).isInstanceOf(Answer.Finished.class);
        List<Command> victims =
            victims(i).stream().filter(victim -> victim.runAs().isEmpty()).toList();
        judge(i, victims, connection.ask(victims));
      }
    } finally {
      Files.delete(rules);
    }
    assertNoSuccess("channel-narrow-sudo");
  }
}
