package dev.fluke.tests.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitReferenceTarget;
import com.tngtech.archunit.core.domain.AccessTarget.FieldAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application may bring its own Guava: the oldest that works is 27.0.1. */
class OldGuavaTest {
  private static final Path GUAVA =
      Project.ROOT.resolve("fluke-tests/target/old-guava/guava-27.0.1-jre.jar");

  @TempDir private Path dir;

  @BeforeEach
  void findTheJar() {
    assertThat(GUAVA)
        .as("the old Guava, which 'scripts/test quick fluke-tests' copies there")
        .isRegularFile();
  }

  @Tag("slow")
  @Test
  void runsALoopWithAnOldGuavaFirstOnTheClassPath() throws Exception {
    Process run =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                GUAVA + File.pathSeparator + System.getProperty("java.class.path"),
                EmbeddingProgram.class.getName(),
                dir.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(run.getInputStream().readAllBytes(), UTF_8);

    assertThat(run.waitFor()).as(printed).isZero();
    assertThat(printed)
        .contains("Guava: " + GUAVA)
        .contains("hello on here: REMEDIATED UNDETERMINED")
        .contains("mistake: bad.fluke.yaml:")
        .contains("webhook: refused")
        .contains("alert: fluke.alert")
        .contains("events: ");
    assertThat(dir.resolve("hello")).exists();
  }

  /** What the program above doesn't reach is compared by name, with parameters and result. */
  @Test
  void usesOnlyWhatTheOldGuavaHas() throws Exception {
    JavaClasses fluke =
        new ClassFileImporter().withImportOption(new MainCode()).importPackages("dev.fluke");
    Set<String> missing = new TreeSet<>();
    Set<String> used = new TreeSet<>();
    try (URLClassLoader old =
        new URLClassLoader(
            new URL[] {GUAVA.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      for (JavaClass type : fluke) {
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
          if (access.getTargetOwner().getName().startsWith("com.google.common.")) {
            used.add(access.getTargetOwner().getName());
            if (!has(old, access)) {
              missing.add(access.getDescription());
            }
          }
        }
      }
    }
    assertThat(used).as("classes of Guava that main code uses").isNotEmpty();
    assertThat(missing).isEmpty();
  }

  private static boolean has(ClassLoader old, JavaAccess<?> access) {
    try {
      Class<?> owner = Class.forName(access.getTargetOwner().getName(), false, old);
      String name = access.getName();
      if (access.getTarget() instanceof FieldAccessTarget) {
        return Arrays.stream(owner.getFields()).anyMatch(field -> field.getName().equals(name));
      }
      String parameters = parametersOf(access);
      if (name.equals("<init>")) {
        return Arrays.stream(owner.getConstructors())
            .anyMatch(each -> names(each.getParameterTypes()).equals(parameters));
      }
      return Arrays.stream(owner.getMethods())
          .anyMatch(
              each ->
                  each.getName().equals(name)
                      && names(each.getParameterTypes()).equals(parameters));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static String parametersOf(JavaAccess<?> access) {
    if (access.getTarget() instanceof CodeUnitCallTarget call) {
      return names(call.getRawParameterTypes());
    }
    return names(((CodeUnitReferenceTarget) access.getTarget()).getRawParameterTypes());
  }

  private static String names(Iterable<JavaClass> types) {
    StringBuilder text = new StringBuilder();
    types.forEach(type -> text.append(type.getName()).append(' '));
    return text.toString().strip();
  }

  private static String names(Class<?>[] types) {
    return Arrays.stream(types).map(Class::getName).collect(Collectors.joining(" "));
  }
}
