package dev.fluke.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Small inputs that mean much: manifests, configs and inventories. */
final class Bombs {
  private static final int MEBIBYTE = 1024 * 1024;
  private static final String TASK =
      "tasks:\n  t:\n    selector: { all: true }\n    steps:\n      - shell: s\n        check: x\n"
          + "        command: ";
  private static final String AGENT = "directory: m\nagents: { here: { local: {} } }\n";

  private final Path root;

  private static String repeat(int count, IntFunction<String> each) {
    return IntStream.range(0, count).mapToObj(each).collect(Collectors.joining());
  }

  private void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void manifest(String name, String text) throws IOException {
    file(name + "/web.fluke.yaml", text);
  }

  private void config(String name, String text) throws IOException {
    Files.createDirectories(root.resolve(name).resolve("m"));
    file(name + "/fluke.yaml", text);
  }

  private void inventory(String name, String text) throws IOException {
    config(name, "directory: m\ninventories: [ { ansible: inventory.yaml } ]\n");
    file(name + "/inventory.yaml", text);
  }

  private Path directory(String name) throws IOException {
    return Files.createDirectories(root.resolve(name));
  }

  private static String alias(String value, int steps) {
    return "tasks:\n  t0:\n    selector: { all: true }\n    steps: [ { shell: a, check: a, command: &x "
        + value
        + " } ]\n"
        + repeat(
            steps / 500,
            task ->
                "  t%d:\n    selector: { all: true }\n    steps:\n".formatted(task + 1)
                    + repeat(
                        500, i -> "    - { shell: s%d, check: a, command: *x }\n".formatted(i)));
  }

  private Bombs(Path root) {
    this.root = root;
  }

  /** Writes each bomb into a directory of its own. */
  static void writeTo(Path root) throws IOException {
    Bombs bombs = new Bombs(root);
    bombs.locals();
    bombs.yaml();
    bombs.tasks();
    bombs.files();
    bombs.configs();
  }

  private void locals() throws IOException {
    manifest(
        "locals-that-double",
        "locals:\n  l0: \"0123456789\"\n"
            + repeat(29, i -> "  l%d: \"${local.l%d}${local.l%2$d}\"\n".formatted(i + 1, i))
            + TASK
            + "echo ${local.l29}\n");
    manifest(
        "locals-down",
        "locals:\n"
            + repeat(20_000, i -> "  l%d: \"${local.l%d}\"\n".formatted(i, i + 1))
            + "  l20000: x\n");
    manifest(
        "locals-up",
        "locals:\n  l0: x\n"
            + repeat(20_000, i -> "  l%d: \"${local.l%d}\"\n".formatted(i + 1, i)));
    manifest(
        "locals-in-a-circle",
        "locals:\n"
            + repeat(20_000, i -> "  l%d: \"${local.l%d}\"\n".formatted(i, (i + 1) % 20_000)));
    manifest(
        "locals-together",
        "locals:\n  a: "
            + "x".repeat(16_000)
            + "\n"
            + repeat(900, i -> "  l%d: \"%s\"\n".formatted(i, "${local.a}".repeat(64))));
    manifest(
        "locals-in-each-field",
        "locals:\n  a: " + "x".repeat(600_000) + "\n" + alias("\"${local.a}\"", 5_000));
    manifest(
        "locals-that-are-empty",
        "locals:\n  e: ''\n" + alias("\"a" + "${local.e}".repeat(60_000) + "\"", 5_000));
    manifest(
        "locals-that-are-unknown",
        "locals:\n"
            + repeat(15_000, i -> "  some_local_with_a_long_name_%d: x\n".formatted(i))
            + alias(
                "\"" + repeat(9_000, "${local.some_local_with_a_long_nam_%d}"::formatted) + "\"",
                500));
    manifest("local-that-is-not-closed", TASK + "\"" + "${local.".repeat(100_000) + "}\"\n");
  }

  private void yaml() throws IOException {
    manifest(
        "aliases-that-double",
        "a0: &a0 [x, x]\n" + repeat(24, i -> "a%d: &a%1$d [*a%d, *a%2$d]\n".formatted(i + 1, i)));
    manifest("values", "[" + "a,".repeat(150_000) + "a]");
    manifest("empty-lists", "[" + "[],".repeat(150_000) + "[]]");
    manifest("levels", "[".repeat(200_000));
    manifest("block-levels", "- ".repeat(100_000) + "x");
    manifest("keys-in-keys", "? ".repeat(100_000) + "x");
    manifest(
        "tags-from-a-directive",
        "%TAG !e! tag:" + "a".repeat(400_000) + "\n---\n[" + "!e!x a,".repeat(50_000) + "b]");
    manifest("tags", "[" + "!x a,".repeat(40_000) + "b]");
    manifest("a-long-tag", "a: !" + "x".repeat(300_000) + " b\n");
    manifest("anchors", repeat(40_000, i -> "a%d: &a%1$d x\n".formatted(i)));
    manifest("comments", "#\n".repeat(MEBIBYTE / 2 - 1));
    manifest("escapes", "a: \"" + "\\U0001f600".repeat(20_000) + "\"\n");
    manifest("control-characters", "a: x\n\u0001" + "\u0002".repeat(300_000));
    manifest("duplicate-keys", "k: 1\n".repeat(100_000));
    manifest(
        "merge-keys", "a: &a { k: v }\n" + repeat(20_000, i -> "b%d: { <<: *a }\n".formatted(i)));
    manifest(
        "unknown-keys", repeat(20_000, i -> "tasks_of_the_web_servers_%05d: 1\n".formatted(i)));
    manifest("a-long-key", "? " + "x".repeat(300_000) + "\n: 1\n");
    manifest(
        "a-long-key-in-each-step",
        "a: &k { ? "
            + "\""
            + "k".repeat(300_000)
            + "\" : 1 }\ntasks:\n  t:\n    selector: { all: true }\n    steps:\n"
            + "    - *k\n".repeat(500));
  }

  private void tasks() throws IOException {
    String task = ": { selector: { all: true }, steps: [ { shell: a, check: a, command: a } ] }\n";
    for (String prefix : new String[] {"a", "b", "c", "d"}) {
      file(
          "tasks/" + prefix + ".fluke.yaml",
          "tasks:\n" + repeat(6_600, i -> "  " + prefix + i + task));
    }
    manifest(
        "steps",
        "tasks:\n  t:\n    selector: { all: true }\n    steps:\n"
            + repeat(12_000, i -> "    - { shell: s%d, check: a, command: a }\n".formatted(i)));
    manifest("text-of-aliases", alias("\"" + "x".repeat(300_000) + "\"", 5_000));
    manifest(
        "a-long-task-name",
        "tasks:\n  ? " + "x".repeat(300_000) + "\n  : steps: [ " + "x, ".repeat(20_000) + "x ]\n");
    manifest(
        "task-names-that-are-escaped",
        "tasks:\n" + repeat(1_000, i -> "  \"%s%d\": 1\n".formatted("\\u0001".repeat(160), i)));
    manifest(
        "labels",
        TASK.replace(
                "{ all: true }",
                "{ match_labels: { " + repeat(30_000, "k%d: v, "::formatted) + "k: v } }")
            + "x\n");
    manifest(
        "conditions",
        TASK.replace(
                "{ all: true }",
                "{ match_expressions: [ "
                    + "{ key: a, exists: true }, ".repeat(15_000)
                    + "{ key: a, absent: true } ] }")
            + "x\n");
    manifest(
        "values-of-a-condition",
        TASK.replace(
                "{ all: true }",
                "{ match_expressions: [ { key: a, in: [ "
                    + repeat(60_000, "v%d, "::formatted)
                    + "v ] } ] }")
            + "x\n");
    manifest(
        "variables", TASK + "x\n        env:\n" + repeat(40_000, "          V%d: x\n"::formatted));
    manifest("a-long-time", TASK + "x\n        timeout: " + "9".repeat(300_000) + "d\n");
    manifest("a-number", TASK + "x\n        timeout: 99999999999d\n");
    manifest("a-path-of-slashes", TASK + "x\n        working_dir: " + "/".repeat(300_000) + "\n");
    manifest("a-path", TASK + "x\n        working_dir: /" + "x/".repeat(400_000) + "x\n");
    manifest("a-user", TASK + "x\n        run_as: " + "u".repeat(300_000) + "\n");
    manifest(
        "a-wrong-value-in-each-step",
        "tasks:\n  t:\n    selector: { all: true }\n    steps:\n"
            + "    - { shell: s, check: x, command: x, timeout: &v \""
            + "v".repeat(300_000)
            + "\" }\n"
            + repeat(900, "    - { shell: s%d, check: x, command: x, timeout: *v }\n"::formatted));
  }

  private void files() throws IOException {
    Files.write(directory("files-that-steps-name").resolve("big"), new byte[MEBIBYTE]);
    manifest(
        "files-that-steps-name",
        "tasks:\n"
            + repeat(
                6,
                t ->
                    "  t%d:\n    selector: { all: true }\n    steps:\n".formatted(t)
                        + repeat(900, "    - { file: s%d, path: /x, source: big }\n"::formatted)));
    for (int i = 0; i < 4_100; i++) {
      Files.createFile(directory("files-that-are-many").resolve("f" + i + ".fluke.yaml"));
    }
    for (int i = 0; i < 70; i++) {
      sparse("files-that-are-large/f" + i + ".fluke.yaml", MEBIBYTE);
    }
    sparse("a-file-of-gigabytes/web.fluke.yaml", 5L << 30);
    for (int i = 0; i < 200; i++) {
      file(
          "files-full-of-mistakes/f" + i + ".fluke.yaml",
          repeat(900, "no_task_%d: x\n"::formatted));
    }
    Path links = directory("directories-by-links");
    for (int i = 0; i < 18; i++) {
      Path at = Files.createDirectories(links.resolve("d" + i));
      Files.createSymbolicLink(at.resolve("a"), links.resolve("d" + (i + 1)));
      Files.createSymbolicLink(at.resolve("b"), links.resolve("d" + (i + 1)));
    }
    file("directories-by-links/d18/web.fluke.yaml", "tasks: {}\n");
  }

  /** A file of NULs, which takes no room on the disk. */
  private void sparse(String name, long length) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(length);
    }
  }

  private void configs() throws IOException {
    inventory("a-range", "all: { hosts: { \"web-[1:99999999]\": {} } }\n");
    inventory("ranges-that-multiply", "all: { hosts: { \"w[1:999][1:999]\": {} } }\n");
    inventory(
        "ranges-in-a-row", "all: { hosts: { ? \"" + "[1:1]".repeat(150_000) + "\" : {} } }\n");
    inventory(
        "ranges-of-many-keys",
        "all: { hosts: { "
            + repeat(40_000, i -> "\"w%d[1:9999]\": {}, ".formatted(i))
            + "h: {} } }\n");
    inventory(
        "variables-of-a-range",
        "all: { hosts: { \"w[1:10000]\": {} }, vars: { "
            + repeat(40_000, "v%d: x, "::formatted)
            + "v: x } }\n");
    inventory(
        "labels-of-a-range",
        "all: { hosts: { \"w[1:10000]\": {} }, vars: { "
            + repeat(900, "v%d: x, "::formatted)
            + "v: x } }\n");
    inventory(
        "groups-of-a-range",
        "all:\n  children:\n"
            + repeat(20, "    g%d: { hosts: { \"w[1:10000]\": {} } }\n"::formatted));
    inventory("a-long-host", "all: { hosts: { ? \"" + "h".repeat(300_000) + "\" : {} } }\n");
    sparse("config-of-gigabytes/fluke.yaml", 5L << 30);
    config("config-of-unknown-keys", AGENT + repeat(30_000, "http_%d: x\n"::formatted));
    config(
        "config-of-agents",
        "directory: m\nagents:\n" + repeat(20_000, "  a%d: { sssh: {} }\n"::formatted));
    config(
        "a-glob",
        "git: { url: \"https://host/x\", manifest_glob: \""
            + "*a".repeat(5_000)
            + "\" }\nagents: { here: { local: {} } }\n");
  }
}
