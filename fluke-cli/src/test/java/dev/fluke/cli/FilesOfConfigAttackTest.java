package dev.fluke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another user of the control machine, who uses a weak permission of a file that the config names.
 * Each time he first does with it what he wants, so that the weakness is real; the attack succeeds
 * if Fluke accepts the config nevertheless.
 */
@Tag("attack")
class FilesOfConfigAttackTest {
  private static final int TRIES = Integer.getInteger("fluke.attack.tries", 20);

  private static final List<String> SECRETS =
      List.of("fluke.yaml", "keys/id", "keys/tls-key.pem", "keys/api-token", "secrets/token");
  private static final List<String> TRUSTED =
      List.of(
          "known/hosts",
          "known/inventory.yaml",
          "keys/tls-cert.pem",
          "keys/ca-cert.pem",
          "manifests/web/a.fluke.yaml");
  private static final List<String> DIRECTORIES =
      List.of("keys", "known", "secrets", "manifests", "manifests/web");

  @TempDir Path temporary;
  private Path dir;

  /** What goes wrong on the side of the administrator, and what the attacker makes of it. */
  private record Weakness(String name, String mistake, String attack, String repair) {}

  @BeforeEach
  void create() throws Exception {
    Program.sh(temporary, "chmod 711 . && mkdir -m 755 etc");
    dir = temporary.toRealPath().resolve("etc");
    Program.sh(dir, "mkdir -m 755 keys known secrets manifests manifests/web open");
    Certificates.create(dir.resolve("keys"), "tls", "ed25519");
    Certificates.create(dir.resolve("keys"), "ca", "ed25519");
    PrivateFile.write(dir.resolve("keys/api-token"), "canary-0123456789abcdef0123456789abcdef\n");
    PrivateFile.write(dir.resolve("keys/id"), "a key\n");
    PrivateFile.write(dir.resolve("secrets/token"), "canary-token\n");
    Files.writeString(dir.resolve("known/hosts"), "");
    Files.writeString(dir.resolve("known/inventory.yaml"), "all: { hosts: { db-01: } }\n");
    Files.writeString(
        dir.resolve("manifests/web/a.fluke.yaml"),
        "tasks: { a: { selector: { all: true }, steps: [ { shell: s, check: x, command: x } ] } }\n");
    PrivateFile.write(
        dir.resolve("fluke.yaml"),
        """
        directory: manifests
        secrets: { directory: secrets }
        agents: { web-01: { ssh: { host: web-01, key_file: keys/id, known_hosts: known/hosts } } }
        inventories: [ { ansible: known/inventory.yaml, ssh: { key_file: keys/id, known_hosts: known/hosts } } ]
        http:
          tokens: [ { name: ci, token_file: keys/api-token, may: [read] } ]
          tls:
            cert_file: keys/tls-cert.pem
            key_file: keys/tls-key.pem
            client_ca: keys/ca-cert.pem
          clients: [ { subject: "CN=ann", may: [read] } ]
        """);
  }

  private Shell.Ended validate() {
    return Shell.in(dir).fluke("validate");
  }

  /** Whether the other user can do this. */
  private boolean canDo(String script) throws Exception {
    return new ProcessBuilder(
                "setpriv", "--reuid=54321", "--regid=54321", "--clear-groups", "sh", "-ec", script)
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(temporary.resolve("said").toFile())
            .start()
            .waitFor()
        == 0;
  }

  private void attack(String kind, List<Weakness> weaknesses) throws Exception {
    List<String> won = new ArrayList<>();
    int tries = Math.max(TRIES / 4, weaknesses.size());
    for (int i = 0; i < tries; i++) {
      Weakness weakness = weaknesses.get(i % weaknesses.size());
      assertThat(canDo(weakness.attack())).as("before: " + weakness).isFalse();
      Program.sh(dir, weakness.mistake());
      assertThat(canDo(weakness.attack())).as("after: " + weakness).isTrue();
      Shell.Ended ended = validate();
      if (ended.status() != 65 || !ended.out().contains("; run ch")) {
        won.add(weakness + ": " + ended);
      }
      Program.sh(dir, weakness.repair());
    }
    assertThat(validate()).as("repaired").extracting(Shell.Ended::status).isEqualTo(0);
    System.out.printf("attack\t%s\t%d\t%d%n", kind, tries, won.size());
    assertThat(won).isEmpty();
  }

  @Test
  void acceptsNoSecretThatOthersCanRead() throws Exception {
    assertThat(validate().err()).isEmpty();
    attack(
        "files of the config: read a secret",
        SECRETS.stream()
            .map(
                file ->
                    new Weakness("read", "chmod o+r " + file, "cat " + file, "chmod o-r " + file))
            .toList());
    for (String file : TRUSTED) {
      assertThat(canDo("cat " + file)).as(file).isTrue();
    }
  }

  @Test
  void acceptsNoFileThatOthersCanWrite() throws Exception {
    List<Weakness> weaknesses = new ArrayList<>();
    for (List<String> files : List.of(SECRETS, TRUSTED)) {
      for (String file : files) {
        weaknesses.add(
            new Weakness("write", "chmod o+w " + file, ": >>" + file, "chmod o-w " + file));
        weaknesses.add(
            new Weakness(
                "own",
                "cp -p %1$s kept; chown 54321 %1$s".formatted(file),
                "chmod u+w %1$s; : >>%1$s".formatted(file),
                "mv kept " + file));
      }
    }
    attack("files of the config: write", weaknesses);
  }

  @Test
  void acceptsNoFileThatOthersCanReplace() throws Exception {
    List<Weakness> weaknesses = new ArrayList<>();
    for (String directory : DIRECTORIES) {
      weaknesses.add(
          new Weakness(
              "replace",
              "chmod o+w " + directory,
              "cd %s; for f in *; do mv $f x; mv x $f; done".formatted(directory),
              "chmod o-w " + directory));
    }
    weaknesses.add(new Weakness("above", "chmod o+w .", "mv keys x; mv x keys", "chmod o-w ."));
    weaknesses.add(
        new Weakness(
            "link",
            "chmod 777 open; cp -p keys/id open/id; mv keys/id kept; ln -s ../open/id keys/id",
            "mv open/id open/x; mv open/x open/id",
            "mv -f kept keys/id; rm open/id; chmod 755 open"));
    attack("files of the config: replace", weaknesses);
  }

  /** In a sticky directory, a name belongs to whoever comes first. */
  @Test
  void acceptsNoFileThatOthersCanCreateFirst() throws Exception {
    attack(
        "files of the config: create first",
        List.of(
            new Weakness(
                "known hosts in a sticky directory",
                "mv known kept; mkdir -m 1777 known; cp -p kept/inventory.yaml known",
                "test -w known; test ! -e known/hosts || test -O known/hosts; : >known/hosts",
                "rm -r known; mv kept known")));
  }
}
