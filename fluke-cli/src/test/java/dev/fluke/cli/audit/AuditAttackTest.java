package dev.fluke.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.PrivateFile;
import dev.fluke.cli.Program;
import dev.fluke.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers and strangers want to act without a trace, to forge one, or to hide one in others. */
@Tag("attack")
@Tag("slow")
class AuditAttackTest {
  private static final int TRIES = Integer.getInteger("fluke.attack.tries", 20);
  private static final String TOKEN = "canary-token-of-32-characters-000";
  private static final List<String> HOSTILE =
      List.of(
          "\\n{\\\"outcome\\\":\\\"accepted\\\",\\\"caller\\\":\\\"root\\\"}\\n",
          "\\r\\u001b[2J\\u001b[1;1H",
          "\\u202e\\u2066\\u2028\\u0085",
          "\\u0000\\ud800",
          "\\\"},{\\\"caller\\\":\\\"root",
          TOKEN,
          "Bearer " + TOKEN);

  @TempDir Path dir;

  private Path file;

  @BeforeEach
  void configure() throws Exception {
    file = Files.createDirectory(dir.resolve("log")).resolve("audit.jsonl");
    sh("mount -t tmpfs -o size=256k,mode=700 none log");
    Files.createDirectory(dir.resolve("manifests"));
    declare("first");
    PrivateFile.write(
        dir.resolve("fluke.yaml"),
        """
        directory: manifests
        agents: { here: { local: {} } }
        http: { listen: "127.0.0.1:0", token: %s, socket: fluke.sock }
        audit: { file: log/audit.jsonl }
        """
            .formatted(TOKEN));
  }

  @AfterEach
  void unmount() throws Exception {
    sh("umount -l log"); // the daemon may still end
  }

  private void declare(String marker) throws Exception {
    Files.writeString(
        dir.resolve("manifests/a.fluke.yaml"),
        """
        tasks:
          marker:
            selector: { all: true }
            steps:
              - { shell: file, working_dir: %s, check: "test -e %2$s", command: "touch %2$s" }
        """
            .formatted(dir, marker));
  }

  private String sh(String line) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", line)
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  /** The response to a request for a manual run, with its status behind it. */
  private String reconcile(Program daemon, String token, String reason) throws Exception {
    Files.writeString(dir.resolve("body"), "{\"all\":true,\"reason\":\"" + reason + "\"}");
    return sh(
        "curl -s -w ' %%{http_code}' -H 'Authorization: Bearer %s' -H 'Content-Type: application/json' -d @body %s/v1/reconcile"
            .formatted(token, daemon.url()));
  }

  /** The complete lines; one is torn where the disk became full. */
  private List<Map<String, Object>> lines() throws Exception {
    List<String> all = Files.readAllLines(file);
    List<String> complete = all.stream().filter(line -> line.endsWith("}")).toList();
    assertThat(all.size() - complete.size()).isLessThanOrEqualTo(1);
    return complete.stream().map(Json::readObject).toList();
  }

  private long count(String outcome) throws Exception {
    return lines().stream().filter(line -> outcome.equals(line.get("outcome"))).count();
  }

  private static void report(String attack, int tries, long successes) {
    System.out.printf("attack\taudit-%s\t%d\t%d%n", attack, tries, successes);
    assertThat(successes).as(attack).isZero();
  }

  @Test
  void keepsATraceOfEachRun() throws Exception {
    try (Program daemon = Program.daemon(dir, Map.of())) {
      daemon.await(dir.resolve("first"));
      forge(daemon);
      actWithoutATrace(daemon);
      floodWithRefusals(daemon);
      rotate(daemon);
      daemon.signal("KILL");
      daemon.awaitEnd();
    }
    Files.writeString(file, "{\"time\":\"cut in", StandardOpenOption.APPEND);
    try (Program next = Program.daemon(dir, Map.of())) {
      assertThat(reconcile(next, TOKEN, "after a crash")).endsWith(" 202");
      List<String> lines = Files.readAllLines(file);
      int torn = lines.indexOf("{\"time\":\"cut in");
      assertThat(torn).isPositive();
      assertThat(Json.readObject(lines.get(torn + 1))).containsEntry("reason", "after a crash");
    }
  }

  /** Text of callers forges no line, hides nothing, and shows no token. */
  private void forge(Program daemon) throws Exception {
    int successes = 0;
    for (int i = 0; i < TRIES; i++) {
      long before = count("accepted");
      assertThat(reconcile(daemon, TOKEN, HOSTILE.get(i % HOSTILE.size()))).endsWith(" 202");
      String text = Files.readString(file);
      boolean clean = text.codePoints().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f));
      successes += count("accepted") == before + 1 && clean && !text.contains(TOKEN) ? 0 : 1;
    }
    report("forge", TRIES, successes);
    assertThat(lines().get(0).toString())
        .contains("caller=token", "from=127.0.0.1", "scope=all", "agents=[here]");
  }

  /** On a full disk, no manual run begins; automatic ones go on. */
  private void actWithoutATrace(Program daemon) throws Exception {
    sh("dd if=/dev/zero of=log/full bs=1k");
    while (!reconcile(daemon, TOKEN, "x".repeat(400)).endsWith(" 503")) {
      assertThat(Files.size(file)).isLessThan(256 * 1024); // the last block has room for some lines
    }
    Files.delete(dir.resolve("first"));
    int successes = 0;
    for (int i = 0; i < TRIES; i++) {
      String answer = reconcile(daemon, TOKEN, "x".repeat(400));
      boolean refused = answer.contains("the audit can't be written: ") && answer.endsWith(" 503");
      successes += refused && !Files.exists(dir.resolve("first")) ? 0 : 1;
    }
    report("full-disk", TRIES, successes);
    assertThat(
            sh("curl -s -H 'Authorization: Bearer " + TOKEN + "' " + daemon.url() + "/v1/status"))
        .contains("\"audit\":{\"file\":\"" + file + "\",\"last_error\":\"");
    declare("second");
    daemon.await(dir.resolve("second"));
    sh("rm log/full");
    assertThat(reconcile(daemon, TOKEN, "again")).endsWith(" 202");
    assertThat(count("resumed")).isEqualTo(1);
    assertThat(daemon.log()).containsOnlyOnce("can't be written").contains("can be written again");
  }

  /** Refused logins fill neither the audit nor the log. */
  private void floodWithRefusals(Program daemon) throws Exception {
    long before = count("refused");
    int logged = daemon.log().length();
    String wrong = "wrong-" + TOKEN.substring(6);
    sh(
        "curl -s -o /dev/null -H 'Authorization: Bearer %s' --parallel --parallel-immediate '%s/v1/status?[1-%d]'"
            .formatted(wrong, daemon.url(), 20 * TRIES));
    assertThat(count("refused") - before).isBetween(1L, 2L);
    String log = daemon.log().substring(logged);
    assertThat(log).containsOnlyOnce("refused login from 127.0.0.1: GET for /v1/status gets 401");
    report("flood", 20 * TRIES, log.lines().count() > 3 || log.contains(wrong) ? 1 : 0);
  }

  /** As logrotate does it. */
  private void rotate(Program daemon) throws Exception {
    Files.move(file, dir.resolve("log/audit.jsonl.1"));
    daemon.signal("HUP");
    daemon.await(file);
    assertThat(reconcile(daemon, TOKEN, "rotated")).endsWith(" 202");
    assertThat(Files.readString(file)).contains("rotated");
    assertThat(sh("stat -c %a log/audit.jsonl")).isEqualTo("600\n");
  }
}
