package dev.fluke.tests.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README and the guides say what is so. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern REGION =
      Pattern.compile("// tag::(\\w+)\\n(.*?)// end::\\1", Pattern.DOTALL);

  @Test
  void everySampleIsCutFromATestedFile(@TempDir Path dir) throws Exception {
    Set<String> regions = new TreeSet<>();
    for (Path file : javaFiles()) {
      Matcher region = REGION.matcher(Files.readString(file));
      while (region.find()) {
        regions.add(squeezed(region.group(2)));
      }
    }
    List<String> blocks = blocksOf("README.md");
    assertThat(blocks).hasSizeGreaterThanOrEqualTo(4);
    compileAndRun(blocks.get(0), dir);
    List<String> cut = new ArrayList<>(blocks.subList(1, blocks.size()));
    for (String page :
        List.of(
            "docs/git.md",
            "docs/alerts.md",
            "docs/ssh.md",
            "docs/systemd.md",
            "docs/writing-executors.md")) {
      assertThat(blocksOf(page)).as("samples of %s", page).isNotEmpty();
      cut.addAll(blocksOf(page));
    }
    for (String block : cut) {
      assertThat(regions).as("a tagged region with:\n%s", block).contains(squeezed(block));
    }
  }

  private static void compileAndRun(String program, Path dir) throws Exception {
    assertThat(program.lines().count()).isLessThanOrEqualTo(15);
    Path source = dir.resolve("Hello.java");
    Files.writeString(source, program);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", dir.toString(), source.toString());
    assertThat(status).isZero();
    Process run =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                dir + ":" + System.getProperty("java.class.path"),
                "Hello")
            .redirectErrorStream(true)
            .start();
    String printed = new String(run.getInputStream().readAllBytes(), UTF_8);
    assertThat(run.waitFor()).as(printed).isZero();
    assertThat(printed).contains("hello on here: ");
    Files.deleteIfExists(Path.of("/tmp/fluke-hello"));
  }

  @Test
  void theMapOfContributingNamesFilesThatExist() throws Exception {
    String text = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
    List<String> named = new ArrayList<>();
    Matcher file = Pattern.compile("`([\\w./-]+/[\\w./-]+)`").matcher(text);
    while (file.find()) {
      named.add(file.group(1));
    }
    assertThat(text.lines().limit(12)).anyMatch(line -> line.startsWith("| to change"));
    assertThat(named).hasSizeGreaterThan(20);
    assertThat(named).allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
  }

  @Test
  void linksBetweenPagesLeadSomewhere() throws Exception {
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      List<Path> all = new ArrayList<>(pages.toList());
      all.add(ROOT.resolve("README.md"));
      for (Path page : all) {
        Matcher link = Pattern.compile("\\]\\(([\\w./-]+)\\)").matcher(Files.readString(page));
        while (link.find()) {
          assertThat(page.resolveSibling(link.group(1))).exists();
        }
      }
    }
  }

  private static List<String> blocksOf(String page) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher block = JAVA.matcher(Files.readString(ROOT.resolve(page)));
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return blocks;
  }

  private static List<Path> javaFiles() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("fluke-examples/src"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }
}
