package dev.fluke.tests.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application brings libraries that are older than those that Fluke calls, or none. */
@Tag("slow")
class OldLibrariesTest {
  private @TempDir Path dir;

  /** A jar with a class of each library, without what newer versions added to it. */
  private Path oldJar() throws Exception {
    Path jar = dir.resolve("old-1.0.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (String type :
          List.of(
              "org.yaml.snakeyaml.LoaderOptions",
              "org.eclipse.jgit.lib.PersonIdent",
              "com.jcraft.jsch.Session")) {
        String simple = type.substring(type.lastIndexOf('.') + 1);
        Path source = dir.resolve(simple + ".java");
        Files.writeString(
            source,
            "package %s; public class %s {}"
                .formatted(type.substring(0, type.lastIndexOf('.')), simple));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, null, "-d", dir.toString(), source.toString()))
            .isZero();
        String file = type.replace('.', '/') + ".class";
        entries.putNextEntry(new JarEntry(file));
        entries.write(Files.readAllBytes(dir.resolve(file)));
      }
    }
    return jar;
  }

  @Test
  void namesLibraryJarAndNeededVersion() throws Exception {
    Path old = oldJar();

    String printed =
        new ChildJvm().firstOnClassPath(old).run(OldLibrariesProgram.class, dir.toString());

    String needs =
        " in " + old.toUri().toString().replace("///", "/") + " does not fit; Fluke needs ";
    assertThat(printed)
        .contains("directory: reconciler: source " + dir + ": SnakeYAML" + needs + "org.yaml:snake")
        .contains("; source file:///nowhere.git branch 'main': JGit" + needs + "org.eclipse.jgit")
        .contains("ssh: JSch" + needs + "com.github.mwiede:jsch 0.2.26 or later")
        .contains("source: not usable: NoSuchMethodError: ", "; SnakeYAML" + needs)
        .doesNotContain("unavailable")
        .containsOnlyOnce("WARN dev.fluke.text.Library - source own: ");
  }

  @Test
  void saysWhichLibraryIsMissing() throws Exception {
    String without =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("snakeyaml") && !entry.contains("jgit"))
            .filter(entry -> !entry.contains("jsch"))
            .collect(Collectors.joining(File.pathSeparator));

    assertThat(new ChildJvm().classPath(without).run(OldLibrariesProgram.class, dir.toString()))
        .contains("SnakeYAML is missing; Fluke needs org.yaml:snakeyaml 2.0 or later")
        .contains("JGit is missing; Fluke needs org.eclipse.jgit:org.eclipse.jgit 6.10 or later")
        .contains("ssh: JSch is missing; Fluke needs com.github.mwiede:jsch 0.2.26 or later");
  }
}
