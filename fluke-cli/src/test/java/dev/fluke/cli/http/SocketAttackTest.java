package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.cli.access.Credentials;
import dev.fluke.cli.client.UnixClient;
import dev.fluke.cli.client.UnreachableDaemonException;
import dev.fluke.cli.config.HttpConfig;
import dev.fluke.cli.config.SocketConfig;
import dev.fluke.cli.socket.AnotherUser;
import dev.fluke.event.Event;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.time.Scheduler;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other users of the control machine against the Unix socket of the daemon. */
@Tag("attack")
@Tag("slow")
class SocketAttackTest {
  private static final int TRIES = Integer.getInteger("fluke.attack.tries", 20);
  private static final AnotherUser STRANGER = AnotherUser.STRANGER;
  private static final AnotherUser MEMBER = AnotherUser.memberOf("adm");

  @TempDir Path dir;
  private final Scheduler scheduler = Scheduler.system();
  private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
  private Reconciler reconciler;
  private Path shared;
  private Path socket;

  @BeforeEach
  void build() throws Exception {
    Files.setAttribute(dir, "unix:mode", 0755);
    shared = Files.createDirectory(dir.resolve("shared"));
    Files.setAttribute(shared, "unix:mode", 01777);
    socket = shared.resolve("fluke/fluke.sock");
    reconciler =
        Reconciler.builder()
            .agent(Agent.named("here"))
            .manifest(Manifest.empty())
            .subscriber(events::add)
            .build();
  }

  @AfterEach
  void close() {
    reconciler.close();
    scheduler.close();
  }

  private HttpServer serve(Path path, Optional<String> group) throws Exception {
    HttpConfig config =
        new HttpConfig(
            Optional.empty(),
            Credentials.none(),
            Optional.empty(),
            Optional.of(new SocketConfig(path, group, true)));
    return HttpServer.start(config, new Api(reconciler, scheduler, Optional.empty()));
  }

  private static void wantsNone(String attack, int tries, long successes) {
    System.out.printf("attack\t%s\t%d\t%d%n", attack, tries, successes);
    assertThat(successes).as(attack).isZero();
  }

  /** A shell program that sends a run so many times, and prints a status for each. */
  private static String requests(Path socket, int tries, String body, String... headers) {
    return """
    for i in $(seq %s); do
      curl -s -m 20 -o /dev/null -w '%%{http_code}\\n' --unix-socket '%s' %s \
        -H 'Content-Type: application/json' -d '%s' http://localhost/v1/reconcile
    done
    true
    """
        .formatted(
            tries,
            socket,
            String.join(" ", List.of(headers).stream().map(it -> "-H '" + it + "'").toList()),
            body);
  }

  private static long count(String statuses, String status) {
    return statuses.lines().filter(status::equals).count();
  }

  @Test
  void answersNoStranger() throws Exception {
    for (Optional<String> group : List.of(Optional.<String>empty(), Optional.of("adm"))) {
      try (HttpServer server = serve(socket, group)) {
        String all = STRANGER.insistOn(requests(socket, TRIES, "{\"all\":true}"));
        wantsNone(
            "socket: a stranger calls" + group.map(it -> ", with a group").orElse(""),
            TRIES,
            TRIES - count(all, "000"));
        assertThat(server.places()).contains("unix:");
      }
    }
    assertThat(events).noneMatch(event -> event.type().equals("manual_run"));
  }

  @Test
  void answersNoStrangerWhileItStarts() throws Exception {
    Path stop = dir.resolve("stop");
    List<String> argv = new ArrayList<>(STRANGER.prefix());
    String loop =
        """
        while [ ! -e %s ]; do
          rm -rf %s/fluke 2>&-; mv %s/fluke %s/mine 2>&-; mkdir %s/fluke 2>&- && rmdir %s/fluke
          curl -s -m 20 --unix-socket '%s' http://localhost/v1/status && echo
        done
        true
        """
            .formatted(stop, shared, shared, shared, shared, shared, socket);
    argv.addAll(List.of("sh", "-c", loop));
    Path out = dir.resolve("out");
    Process hammering = new ProcessBuilder(argv).redirectOutput(out.toFile()).start();
    int started = 0;
    try {
      for (int tries = 0; tries < TRIES; tries++) {
        try (HttpServer server = serve(socket, Optional.of("adm"))) {
          started++;
          assertThat(Files.getOwner(socket.getParent())).isEqualTo(Files.getOwner(dir));
          assertThat(server.places()).contains(socket.toString());
        } catch (IllegalStateException e) {
          assertThat(e).hasMessageContaining("http.socket"); // the attacker was there first
        }
      }
    } finally {
      Files.createFile(stop);
      hammering.waitFor();
    }
    assertThat(started).isPositive();
    wantsNone("socket: a stranger calls during start", TRIES, Files.readString(out).length());
  }

  @Test
  void usesNoDirectoryThatAStrangerMade() throws Exception {
    Path home = Files.createDirectory(dir.resolve("home"));
    Files.setAttribute(home, "unix:uid", STRANGER.number());
    String fluke = "cd '%s'; rm -rf fluke; ".formatted(shared);
    List<String> preparations =
        List.of(
            fluke + "mkdir fluke",
            fluke + "mkdir -m 0700 fluke",
            fluke + "mkdir -m 01777 fluke",
            fluke + "ln -s '%s' fluke".formatted(home),
            fluke + "ln -s /etc fluke",
            fluke + "mkfifo fluke");
    long successes = 0;
    int tries = 0;
    while (tries < TRIES) {
      for (String preparation : preparations) {
        STRANGER.insistOn(preparation);
        tries++;
        try (HttpServer server = serve(socket, Optional.empty())) {
          successes++;
        } catch (IllegalStateException e) {
          assertThat(e).hasMessageContaining("http.socket");
        }
        assertThat(Files.exists(home.resolve("fluke.sock"), LinkOption.NOFOLLOW_LINKS)).isFalse();
      }
    }
    assertThat(Path.of("/etc/fluke.sock")).doesNotExist();
    wantsNone("socket: a directory made in advance", tries, successes);
  }

  @Test
  void usesNoDirectoryThatAStrangerCanExchange() throws Exception {
    Files.setAttribute(shared, "unix:mode", 0777);
    long successes = 0;
    for (int tries = 0; tries < TRIES; tries++) {
      try (HttpServer server = serve(socket, Optional.empty())) {
        successes++;
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageContaining("other users can write in " + shared);
      }
    }
    wantsNone("socket: a directory that others can exchange", TRIES, successes);
  }

  @Test
  void forcesNothingForMembers() throws Exception {
    try (HttpServer server = serve(socket, Optional.of("adm"))) {
      String force = "{\"agent\":\"here\",\"force\":true}";
      String all = MEMBER.insistOn(requests(socket, TRIES, force));
      wantsNone("socket: a member forces", TRIES, TRIES - count(all, "403"));
      assertThat(server.places()).contains("unix:");
    }
  }

  @Test
  void callsNobodyByAnotherName() throws Exception {
    try (HttpServer server = serve(socket, Optional.of("adm"))) {
      String body = "{\"agent\":\"here\",\"on_behalf_of\":\"unix:root\",\"reason\":\"actor=root\"}";
      String all =
          MEMBER.insistOn(
              requests(
                  socket,
                  TRIES,
                  body,
                  "Authorization: Bearer root",
                  "X-Forwarded-User: root",
                  "Remote-User: root"));
      assertThat(count(all, "202")).isEqualTo(TRIES);
      assertThat(server.places()).contains("unix:");
    }
    reconciler.close(); // delivers the last events
    List<Event> runs = events.stream().filter(event -> event.type().equals("manual_run")).toList();
    assertThat(runs).hasSize(TRIES);
    wantsNone(
        "socket: a member under another name",
        TRIES,
        runs.stream()
            .filter(run -> !run.field("actor").equals(Optional.of("unix:" + MEMBER.number())))
            .count());
  }

  @Test
  void believesNoDaemonOfAStranger() throws Exception {
    Path ready = shared.resolve("ready");
    Path mine = shared.resolve("mine");
    List<String> argv = new ArrayList<>(STRANGER.prefix());
    String listen =
        "$SIG{PIPE} = 'IGNORE'; my $s = IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 9) or die; chmod 0777, $ARGV[0];"
            + " mkdir $ARGV[1]; while (my $c = $s->accept) { $c->recv(my $head, 10); print $c"
            + " \"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\n{}\"; close $c }";
    argv.addAll(List.of("perl", "-MIO::Socket::UNIX", "-e", listen, mine + "", ready + ""));
    Process impostor = new ProcessBuilder(argv).start();
    long successes = 0;
    try {
      while (!Files.exists(ready)) {
        assertThat(impostor.isAlive()).isTrue();
      }
      for (int tries = 0; tries < TRIES; tries++) {
        try (UnixClient client = UnixClient.first(List.of(mine))) {
          successes++;
          assertThat(client).isNotNull();
        } catch (UnreachableDaemonException e) {
          assertThat(e).hasMessageContaining("runs as '64711', not as you");
        }
      }
    } finally {
      impostor.destroyForcibly();
    }
    wantsNone("socket: a daemon of a stranger in a user's place", TRIES, successes);
  }
}
