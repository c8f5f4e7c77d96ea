package dev.fluke.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What people would use instead: each makes some checks, and says how many. */
final class BenchPeers implements AutoCloseable {
  static final String CHECK = "test -f /etc/hostname";

  private final Path config;
  private final Path dir;
  private final int hosts;

  BenchPeers(Path config, int hosts) throws Exception {
    this.config = config;
    this.dir = Files.createTempDirectory(config.getParent(), "peer");
    this.hosts = hosts;
    bash("for h in " + names() + "; do ssh -F " + config + " $h true; done"); // opens the masters
  }

  private String names() {
    return IntStream.range(0, hosts).mapToObj(i -> "h" + i).collect(Collectors.joining(" "));
  }

  private static void bash(String script) throws Exception {
    SshServer.run(List.of("bash", "-c", script));
  }

  /** Two bare loops side by side that run this shell for each check, without any network. */
  static int floor(String shell) throws Exception {
    String loop =
        "i=0; while [ $i -lt 1000 ]; do " + shell + " -c '" + CHECK + "'; i=$((i+1)); done";
    bash("dash -c \"$0\" & dash -c \"$0\"; wait".replace("$0", loop.replace("$", "\\$")));
    return 2000;
  }

  /** ssh with a connection that is kept, one after the other. */
  int mux1() throws Exception {
    bash("for h in " + names() + "; do ssh -F " + config + " $h '" + CHECK + "'; done");
    return hosts;
  }

  /** As {@link #mux1}, eight at once. */
  int mux8() throws Exception {
    bash(
        "for i in 1 2 3 4 5 6 7 8 9 10; do printf '%s\\n' "
            + names()
            + "; done | xargs -P8 -I{} ssh -n -F "
            + config
            + " {} '"
            + CHECK
            + "'");
    return 10 * hosts;
  }

  /** One playbook: 20 times {@code raw}, 20 forks, no facts, connections kept. */
  int ansibleRaw() throws Exception {
    playbook("raw", 20);
    return 20 * hosts;
  }

  /** One playbook: 5 times {@code command}, which needs Python on the host. */
  int ansibleCommand() throws Exception {
    playbook("command", 5);
    return 5 * hosts;
  }

  private void playbook(String module, int checks) throws IOException, InterruptedException {
    StringBuilder play = new StringBuilder("- hosts: all\n  gather_facts: false\n  tasks:\n");
    for (int i = 0; i < checks; i++) {
      play.append("    - ").append(module).append(": ").append(CHECK).append('\n');
    }
    Path file = Files.writeString(dir.resolve(module + ".yml"), play);
    Path inventory = Files.writeString(dir.resolve("hosts"), names().replace(' ', '\n') + "\n");
    List<String> argv =
        new ArrayList<>(List.of("ansible-playbook", "-i", "" + inventory, "" + file));
    ProcessBuilder process = new ProcessBuilder(argv).redirectErrorStream(true);
    process
        .environment()
        .putAll(
            java.util.Map.of(
                "ANSIBLE_SSH_ARGS", "-F " + config,
                "ANSIBLE_FORKS", "20",
                "ANSIBLE_GATHERING", "explicit",
                "ANSIBLE_PYTHON_INTERPRETER", "/usr/bin/python3",
                "ANSIBLE_STDOUT_CALLBACK", "minimal",
                "ANSIBLE_CONFIG", "" + Files.writeString(dir.resolve("ansible.cfg"), ""),
                "ANSIBLE_HOME", "" + dir.resolve("ansible"),
                "ANSIBLE_REMOTE_TMP", "" + dir.resolve("remote"),
                "LC_ALL", "C.UTF-8"));
    Process ran = process.start();
    String said =
        new String(ran.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (ran.waitFor() != 0) {
      throw new IOException(
          "ansible-playbook: " + said.substring(Math.max(0, said.length() - 2000)));
    }
  }

  @Override
  public void close() throws Exception {
    bash("for h in " + names() + "; do ssh -F " + config + " -O exit $h 2>/dev/null; done; true");
  }
}
