package dev.fluke.tests.gate;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shape of the code. */
@AnalyzeClasses(
    packages = "dev.fluke",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
  private static final List<String> READING_ORDER =
      List.of(
          "time",
          "text",
          "webhook",
          "command",
          "transport",
          "agent",
          "executor",
          "yaml",
          "manifest",
          "source",
          "report",
          "event",
          "alert",
          "request",
          "reconcile");

  @ArchTest
  static void aPackageKnowsOnlyThoseAboveIt(JavaClasses fluke) {
    for (int i = 0; i < READING_ORDER.size() - 1; i++) {
      String[] below =
          READING_ORDER.subList(i + 1, READING_ORDER.size()).stream()
              .map(name -> "dev.fluke." + name + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("dev.fluke." + READING_ORDER.get(i) + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(below)
          .because("core is read from the top: " + READING_ORDER)
          .check(fluke);
    }
  }

  @ArchTest
  static final ArchRule packagesFormNoCircle =
      SlicesRuleDefinition.slices().matching("dev.fluke.(*)..").should().beFreeOfCycles();

  private static final DescribedPredicate<JavaClass> FOREIGN =
      DescribedPredicate.not(resideInAPackage("dev.fluke.."))
          .and(DescribedPredicate.not(resideInAPackage("java..")))
          .and(DescribedPredicate.not(resideInAPackage("org.assertj..")))
          .and(
              new DescribedPredicate<>("no primitive") {
                @Override
                public boolean test(JavaClass type) {
                  return !type.isPrimitive() && !type.isArray();
                }
              });

  @ArchTest
  static final ArchRule publicMethodsReturnNoForeignType =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .resideOutsideOfPackage("..internal..")
          .should()
          .notHaveRawReturnType(FOREIGN)
          .because("a type in a signature is a version forced on users; internal has none");

  @ArchTest
  static final ArchRule staticFieldsAreFinal =
      fields().that().areStatic().and().doNotHaveModifier(synthetic()).should().beFinal();

  private static com.tngtech.archunit.core.domain.JavaModifier synthetic() {
    return com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
  }

  @ArchTest
  static final ArchRule clocksAndThreadsAreAskedForThroughTheSeam =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.fluke.time..", "dev.fluke.testkit..", "dev.fluke.examples..")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callConstructor(Thread.class, Runnable.class)
          .orShould()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.concurrent.ExecutorService.class);

  @ArchTest
  static final ArchRule whatUsersOnlyCallIsFinal =
      classes()
          .that()
          .arePublic()
          .and()
          .areNotInterfaces()
          .and()
          .resideInAnyPackage(
              READING_ORDER.stream().map(n -> "dev.fluke." + n).toArray(String[]::new))
          .should()
          .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
          .because("it can grow only if nobody extends it");

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void noFileIsLongerThan300LinesAndTheCycleOfAnAgentIsUnder250() throws IOException {
    for (Path file : sources()) {
      long lines = Files.readAllLines(file).size();
      assertThat(lines).as("lines of %s", file).isLessThanOrEqualTo(300);
      if (file.endsWith("AgentCycle.java")) {
        assertThat(lines).isLessThanOrEqualTo(250);
      }
    }
  }

  @Test
  void everyPublicTypeHasAComment() throws IOException {
    for (Path file : sources()) {
      String text = Files.readString(file);
      if (file.toString().contains("/src/main/") && text.contains("\npublic ")) {
        String before = text.substring(0, text.indexOf("\npublic "));
        assertThat(before).as("comment on the type in %s", file).contains("/**");
      }
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }
}
