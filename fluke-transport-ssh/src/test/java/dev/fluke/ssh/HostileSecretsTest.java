package dev.fluke.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.command.Command;
import dev.fluke.command.Secret;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hosts that keep whatever they get, and lie: they get no secret of another host. */
@Tag("Z08")
@Tag("Z02")
@Tag("slow")
class HostileSecretsTest {
  @RegisterExtension static final Lab lab = new Lab();

  /** Everything that a host was sent, by the name of its agent. */
  private final Map<String, ByteArrayOutputStream> transcripts = new LinkedHashMap<>();

  private final List<Agent> agents = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();

  /** Its check gets one secret as a variable, and one as its input. */
  private record TakesSecrets(Secret token, Secret input) implements CommandCheck {
    @Override
    public Command checkCommand() {
      return Command.of("cp", "/dev/stdin", "/dev/null").env("TOKEN", token).stdin(input);
    }

    @Override
    public void apply(Host host) {}
  }

  /** Keeps what is read. */
  private static final class Recording extends FilterInputStream {
    private final ByteArrayOutputStream kept;

    Recording(InputStream in, ByteArrayOutputStream kept) {
      super(in);
      this.kept = kept;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      kept.write(bytes, from, Math.max(0, read));
      return read;
    }
  }

  private static String secret(String agent, String use) {
    return "canary-of-%s-for-its-%s".formatted(agent, use);
  }

  /** A host that keeps all that it reads, and its task with secrets of its own. */
  private void host(String name, ScriptedServer.Script script) throws Exception {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    transcripts.put(name, kept);
    ScriptedServer server =
        lab.opened(
            ScriptedServer.start(
                lab.dir(),
                channel -> {
                  kept.writeBytes(channel.words().getBytes(UTF_8));
                  script.run(
                      new ScriptedChannel(
                          channel.server(),
                          channel.channel(),
                          channel.words(),
                          new Recording(channel.in(), kept),
                          channel.out(),
                          channel.err()));
                }));
    Duration hasty = Duration.ofSeconds(1);
    Ssh ssh = server.ssh();
    boolean honest = name.startsWith("honest");
    agents.add(
        Agent.named(name, honest ? ssh : ssh.connectingWithin(hasty).loggingInWithin(hasty)));
    TakesSecrets executor =
        new TakesSecrets(Secret.of(secret(name, "token")), Secret.of(secret(name, "input")));
    tasks.add(Task.named("task of " + name).on(Selector.agent(name)).step("s", executor).build());
  }

  /** A shell that shows everything that it was sent. */
  private static void serveAndShow(ScriptedChannel channel) throws Exception {
    InputStream shown =
        new FilterInputStream(channel.in()) {
          @Override
          public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            channel.printError(Arrays.copyOfRange(bytes, from, from + Math.max(0, read)));
            return read;
          }
        };
    new ScriptedChannel(
            channel.server(),
            channel.channel(),
            channel.words(),
            shown,
            channel.out(),
            channel.err())
        .serve();
  }

  private static void serveAfterForgedFrames(ScriptedChannel channel) throws Exception {
    String forged = "0123456789abcdef".repeat(2);
    channel.print(("B" + forged + "E" + forged + "0;\n").repeat(500).getBytes(ISO_8859_1));
    channel.serve();
  }

  private static boolean has(ByteArrayOutputStream transcript, String secret) {
    String text = transcript.toString(ISO_8859_1);
    return text.contains(secret)
        || text.contains(Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)));
  }

  @Test
  void giveAHostileHostNoSecretOfAnother() throws Exception {
    host("honest-1", ScriptedChannel::serve);
    host("echo", HostileSecretsTest::serveAndShow);
    host("forger", HostileSecretsTest::serveAfterForgedFrames);
    host("senseless", Hostility.ANSWER_WITHOUT_SENSE);
    host("honest-2", ScriptedChannel::serve);
    CycleReport report;
    try (Reconciler reconciler =
        Reconciler.builder().agents(agents).manifest(Manifest.of(tasks)).build()) {
      CompletableFuture<CycleReport> cycle = Lab.aside(reconciler::cycle);
      report = Waiting.result(cycle);
      assertThat(report.toJson() + reconciler.status() + reconciler.events("echo", 100))
          .doesNotContain("canary-of-");
    }
    for (String honest : List.of("honest-1", "honest-2")) {
      assertThat(report.task("task of " + honest).on(honest).outcome()).isEqualTo(Outcome.IN_SYNC);
      assertThat(has(transcripts.get(honest), secret(honest, "token"))).isTrue();
      assertThat(has(transcripts.get(honest), secret(honest, "input"))).isTrue();
    }
    assertThat(transcripts.get("echo").size()).as("it was asked").isPositive();
    transcripts.forEach(
        (host, transcript) -> {
          for (String other : transcripts.keySet()) {
            for (String use : List.of("token", "input")) {
              if (!other.equals(host)) {
                assertThat(has(transcript, secret(other, use)))
                    .as("%s got the secret that %s has for its %s", host, other, use)
                    .isFalse();
              }
            }
          }
        });
  }
}
