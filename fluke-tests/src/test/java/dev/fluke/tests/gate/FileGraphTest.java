package dev.fluke.tests.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Three small packages in a row, a, b and c, and what turns them into a knot. */
class FileGraphTest {
  private static final JavaFile A = file("a.Door", "", "public final class Door {}");
  private static final JavaFile B =
      file("b.Room", "import a.Door;", "public final class Room { Door door; }");
  private static final JavaFile C =
      file("c.House", "import b.Room;", "public final class House { Room room; }");

  @Test
  void findsNoKnotWhereAllImportsPointOneWay() {
    assertThat(knots(A, B, C)).isEmpty();
  }

  @Test
  void findsTheKnotWhenOneImportIsTurnedRound() {
    JavaFile turned = file("a.Door", "import c.House;", "public final class Door { House of; }");

    assertThat(knots(turned, B, C)).containsExactly(Set.of("a.Door", "b.Room", "c.House"));
    FileGraph graph = FileGraph.of(List.of(turned, B, C));
    assertThat(graph.describe(graph.knotsOfMoreThan(2).get(0)))
        .isEqualTo(
            """
            a knot of 3 files:
              a.Door uses c.House
              b.Room uses a.Door
              c.House uses b.Room""");
  }

  @Test
  void countsTypesOfTheSamePackageWithoutAnImport() {
    JavaFile one = file("a.One", "", "class One { Two two; }");
    JavaFile two = file("a.Two", "", "class Two { Three three; }");
    JavaFile three = file("a.Three", "", "class Three { One one() { return null; } }");

    assertThat(knots(one, two, three)).containsExactly(Set.of("a.One", "a.Two", "a.Three"));
  }

  @Test
  void countsNestedAndStaticImports() {
    JavaFile nested = file("a.Door", "import c.House.Roof;", "class Door {}");
    JavaFile method = file("a.Door", "import static c.House.build;", "class Door {}");

    assertThat(knots(nested, B, C)).hasSize(1);
    assertThat(knots(method, B, C)).hasSize(1);
  }

  @Test
  void countsNamesThatAreWrittenOutAndWholePackages() {
    JavaFile written = file("a.Door", "", "class Door { c.House house; }");
    JavaFile whole = file("a.Door", "import c.*;", "class Door { House house; }");

    assertThat(knots(written, B, C)).hasSize(1);
    assertThat(knots(whole, B, C)).hasSize(1);
  }

  @Test
  void countsASecondTypeOfAFileAsThatFile() {
    JavaFile two = file("c.House", "import b.Room;", "class House { Room room; }\nclass Roof {}");
    JavaFile usesSecond = file("a.Door", "import c.Roof;", "class Door { Roof roof; }");

    assertThat(knots(usesSecond, B, two)).hasSize(1);
  }

  @Test
  void ignoresCommentsAndLiterals() {
    JavaFile commented =
        file(
            "a.Door",
            "",
            """
            /** Opens a {@link c.House}. */
            class Door { // c.House
              String name = "c.House \\" c.House";
              String text = \"""
                  new c.House() "c.House"
                  \""";
            }""");

    assertThat(knots(commented, B, C)).isEmpty();
  }

  @Test
  void prefersANestedTypeToOneOfThePackage() {
    JavaFile one = file("a.One", "", "class One { Two two; enum Two { X } }");
    JavaFile two = file("a.Two", "", "class Two { Three three; }");
    JavaFile three = file("a.Three", "", "class Three { One one; }");

    assertThat(knots(one, two, three)).isEmpty();
  }

  @Test
  void leavesOutKnotsOfTwo() {
    JavaFile one = file("a.One", "", "class One { Two two; }");
    JavaFile two = file("a.Two", "", "class Two { One one; }");

    assertThat(knots(one, two)).isEmpty();
    assertThat(FileGraph.of(List.of(one, two)).knotsOfMoreThan(1)).hasSize(1);
  }

  private static List<Set<String>> knots(JavaFile... files) {
    return FileGraph.of(List.of(files)).knotsOfMoreThan(2);
  }

  private static JavaFile file(String name, String imports, String body) {
    String of = name.substring(0, name.indexOf('.'));
    return JavaFile.of(
        "m",
        true,
        "m/src/main/java/" + name.replace('.', '/') + ".java",
        "package %s;\n\n%s\n\n%s\n".formatted(of, imports, body));
  }
}
