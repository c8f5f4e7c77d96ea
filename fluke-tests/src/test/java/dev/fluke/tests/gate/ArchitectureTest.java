package dev.fluke.tests.gate;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/** What may be used from where, in the main code of all modules. */
@AnalyzeClasses(packages = "dev.fluke", importOptions = MainCode.class)
class ArchitectureTest {

  @ArchTest
  static void importsMainCodeOfAllModules(JavaClasses fluke) {
    for (String module : Project.modules()) {
      List<String> names = MainCode.namesOf(module);
      assertThat(names.stream().filter(name -> !fluke.contain(name)))
          .as("classes of %s that are not on the class path", module)
          .isEmpty();
    }
  }

  @ArchTest
  static final ArchRule packagesFormNoCircle =
      SlicesRuleDefinition.slices().matching("dev.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule signaturesHaveNoForeignType =
      codeUnits()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .resideOutsideOfPackages("..internal..", "dev.fluke.cli..")
          .should(haveNoForeignType())
          .because("a type in a signature is a version forced on users; internal has none");

  @ArchTest
  static final ArchRule staticFieldsAreFinal =
      fields().that().areStatic().and().doNotHaveModifier(SYNTHETIC).should().beFinal();

  @ArchTest
  static final ArchRule clocksAndThreadsComeFromTheSeam =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.fluke.time..", "dev.fluke.testkit..", "dev.fluke.examples..")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callConstructor(Thread.class, Runnable.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ExecutorService.class);

  @ArchTest
  static final ArchRule onlyTheCommandEndsTheProcess =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.fluke.cli.Main")
          .and()
          .resideOutsideOfPackages("dev.fluke.examples..")
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static void theCommandEndsTheProcess(JavaClasses fluke) {
    assertThat(fluke.get("dev.fluke.cli.Main").getMethodCallsFromSelf())
        .anyMatch(call -> call.getTarget().getFullName().startsWith("java.lang.System.exit"));
  }

  @ArchTest
  static final ArchRule classesOfCoreThatUsersCallAreFinal =
      classes()
          .that()
          .arePublic()
          .and()
          .areNotInterfaces()
          .and()
          .resideInAnyPackage(
              CoreOrderTest.PACKAGES.stream().map(n -> "dev.fluke." + n).toArray(String[]::new))
          .should()
          .haveModifier(FINAL)
          .because("a class can grow only if nobody extends it");

  /** Of examples, only what they return: they take what an application has, such as a logger. */
  private static ArchCondition<JavaCodeUnit> haveNoForeignType() {
    return new ArchCondition<>("have no foreign type in the signature") {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        boolean isExample = unit.getOwner().getPackageName().startsWith("dev.fluke.examples");
        Stream.concat(
                Stream.of(unit.getReturnType()),
                unit.getParameterTypes().stream().filter(type -> !isExample))
            .flatMap(type -> type.getAllInvolvedRawTypes().stream())
            .map(JavaClass::getBaseComponentType)
            .filter(ArchitectureTest::isForeign)
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            unit, unit.getFullName() + " has " + type.getName())));
      }
    };
  }

  /** AssertJ is what the testkit is for. */
  private static boolean isForeign(JavaClass type) {
    return !type.isPrimitive()
        && Stream.of("dev.fluke.", "java.", "javax.", "org.assertj.")
            .noneMatch(type.getName()::startsWith);
  }
}
