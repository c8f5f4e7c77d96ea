package dev.fluke.tests.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README and the guides are true: samples compile, files, types, tests and links exist. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TYPE =
      Pattern.compile(
          "^(?:public )?(?:final )?(?:class|record|interface) (\\w+)", Pattern.MULTILINE);
  private static final Path NEWCOMERS_FILE = Path.of("/tmp/fluke-hello");
  private static final Pattern REGION =
      Pattern.compile("// tag::(\\w+)\\n(.*?)// end::\\1", Pattern.DOTALL);

  @Test
  void cutsEverySampleFromATestedFile() throws Exception {
    Set<String> regions = new TreeSet<>();
    for (Path file : javaFiles()) {
      Matcher region = REGION.matcher(Files.readString(file));
      for (int from = 0; region.find(from); from = region.start() + 1) { // regions may nest
        regions.add(squeezed(region.group(2).replaceAll("// (tag|end)::\\w+\n", "")));
      }
    }
    List<String> cut = new ArrayList<>(blocksOf("README.md"));
    assertThat(cut).hasSizeGreaterThanOrEqualTo(4);
    assertThat(cut.remove(newcomer())).as("the newcomer's program is a sample").isTrue();
    for (String page :
        List.of(
            "docs/git.md",
            "docs/alerts.md",
            "docs/ssh.md",
            "docs/systemd.md",
            "docs/testing.md",
            "docs/writing-executors.md")) {
      assertThat(blocksOf(page)).as("samples of %s", page).isNotEmpty();
      cut.addAll(blocksOf(page));
    }
    for (String block : cut) {
      assertThat(regions).as("a tagged region with:\n%s", block).contains(squeezed(block));
    }
  }

  @Test
  void compilesEverySampleOfTheReadme(@TempDir Path dir) throws Exception {
    List<String> blocks = blocksOf("README.md");
    assertThat(blocks).hasSizeGreaterThanOrEqualTo(4);
    for (String block : blocks) {
      Matcher type = TYPE.matcher(block);
      assertThat(type.find()).as("a type in:\n%s", block).isTrue();
      compile(type.group(1), block, Files.createDirectory(dir.resolve(type.group(1))));
    }
  }

  @Test
  void runsTheNewcomersProgram(@TempDir Path dir) throws Exception {
    String program = newcomer();
    assertThat(program.lines().count()).isLessThanOrEqualTo(15);
    Files.deleteIfExists(NEWCOMERS_FILE);
    compile("Hello", program, dir);
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
    Files.deleteIfExists(NEWCOMERS_FILE);
  }

  @Test
  void keepsTheReadmeShort() throws Exception {
    assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThan(200);
  }

  private static void compile(String type, String code, Path dir) throws IOException {
    Path source = dir.resolve(type + ".java");
    Files.writeString(source, code);
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, errors, "-proc:none", "-d", dir.toString(), source.toString());
    assertThat(status).as("%s of the README: %s", type, errors.toString(UTF_8)).isZero();
  }

  @Test
  void findsEveryFileOfTheMap() throws Exception {
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
  void findsAReadmeInEveryModule() throws Exception {
    Matcher module =
        Pattern.compile("<module>([\\w-]+)</module>")
            .matcher(Files.readString(ROOT.resolve("pom.xml")));
    List<String> modules = new ArrayList<>();
    while (module.find()) {
      modules.add(module.group(1));
    }
    assertThat(modules).hasSizeGreaterThanOrEqualTo(7);
    for (String name : modules) {
      String text = Files.readString(ROOT.resolve(name).resolve("README.md"));
      Matcher run = Pattern.compile("`scripts/test quick " + name + " (\\w+)`").matcher(text);
      assertThat(run.find()).as("how to run a test of %s", name).isTrue();
      assertThat(text.lines().count()).as("lines about %s", name).isLessThanOrEqualTo(15);
      assertThat(namesOfTypes(ROOT.resolve(name).resolve("src/test"))).contains(run.group(1));
    }
  }

  @Test
  void findsEveryTypeOfTheArchitecture() throws Exception {
    List<String> named = new ArrayList<>();
    Matcher name =
        Pattern.compile("`([A-Z][a-z]+[A-Z]\\w*)`")
            .matcher(Files.readString(ROOT.resolve("docs/architecture.md")));
    while (name.find()) {
      named.add(name.group(1));
    }
    assertThat(named).hasSizeGreaterThan(30);
    assertThat(namesOfTypes(ROOT)).containsAll(named);
  }

  @Test
  void findsEveryTestThatAPageNames() throws Exception {
    Set<String> types = namesOfTypes(ROOT);
    List<String> named = new ArrayList<>();
    for (Path page : pages()) {
      Matcher name = Pattern.compile("`([A-Z]\\w+Test)`").matcher(Files.readString(page));
      while (name.find()) {
        named.add(name.group(1));
      }
    }
    assertThat(named).hasSizeGreaterThan(100);
    assertThat(types).containsAll(named);
  }

  @Test
  void findsTheTargetOfEveryLink() throws Exception {
    for (Path page : pages()) {
      Matcher link = Pattern.compile("\\]\\(([\\w./-]+)\\)").matcher(Files.readString(page));
      while (link.find()) {
        assertThat(page.resolveSibling(link.group(1))).exists();
      }
    }
  }

  /** All pages for people: of the whole project, of its modules, and the guides. */
  private static List<Path> pages() throws IOException {
    List<Path> all = new ArrayList<>();
    all.add(ROOT.resolve("README.md"));
    all.add(ROOT.resolve("CONTRIBUTING.md"));
    try (Stream<Path> modules = Files.list(ROOT);
        Stream<Path> guides = Files.walk(ROOT.resolve("docs"))) {
      modules.map(dir -> dir.resolve("README.md")).filter(Files::exists).forEach(all::add);
      guides.filter(page -> page.toString().endsWith(".md")).forEach(all::add);
    }
    assertThat(all).hasSizeGreaterThan(20);
    return all;
  }

  /** The program that {@code scripts/newcomer} runs: the first sample after its marker. */
  private static String newcomer() throws IOException {
    String text = Files.readString(ROOT.resolve("README.md"));
    int marker = text.indexOf("<!-- sample: newcomer -->");
    Matcher block = JAVA.matcher(text);
    assertThat(marker >= 0 && block.find(marker)).as("a sample after the marker").isTrue();
    return block.group(1);
  }

  private static List<String> blocksOf(String page) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher block = JAVA.matcher(Files.readString(ROOT.resolve(page)));
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return blocks;
  }

  private static Set<String> namesOfTypes(Path below) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.replace(".java", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
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
