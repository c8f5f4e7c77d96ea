package dev.fluke.tests.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.tests.gate.JavaText.Prose;
import org.junit.jupiter.api.Test;

class JavaTextTest {
  @Test
  void blanksCommentsAndLiteralsAndKeepsLines() {
    JavaText java =
        JavaText.of("int a; // one\n/* two\nlines */ char c = '\"', d = '\\'';\nint b;");

    assertThat(java.code())
        .isEqualTo("int a;       \n      \n         char c = ' ', d = '  ';\nint b;");
  }

  @Test
  void keepsCodeAfterAnEscapedQuote() {
    assertThat(JavaText.of("f(\"a\\\"b\\\\\", x);").code()).isEqualTo("f(\"      \", x);");
  }

  @Test
  void readsATextBlockWithQuotes() {
    JavaText java = JavaText.of("f(\"\"\"\n  say \"hi\" \\\"\"\"\n  \"\"\"); g();");

    assertThat(java.code()).startsWith("f(\"\"\"").endsWith("\"\"\"); g();").contains("\n");
    assertThat(java.prose()).singleElement().extracting(Prose::text).asString().contains("\"hi\"");
  }

  @Test
  void joinsLiteralsAcrossAPlus() {
    JavaText java = JavaText.of("a\n = \"one \"\n + \"two\" + x + \"three\";");

    assertThat(java.prose()).containsExactly(new Prose(2, "one two"), new Prose(3, "three"));
  }

  @Test
  void joinsLineCommentsThatFollowOneAnother() {
    JavaText java = JavaText.of("  // one\n  // two\n  int a;\n  // three");

    assertThat(java.prose())
        .containsExactly(new Prose(1, "// one\n// two"), new Prose(4, "// three"));
  }

  @Test
  void keepsTheLineOfEachComment() {
    JavaText java = JavaText.of("// a\n\n/** b\n */\nclass X {} // c");

    assertThat(java.prose())
        .containsExactly(new Prose(1, "// a"), new Prose(3, "/** b\n */"), new Prose(5, "// c"));
  }

  @Test
  void readsAnUnfinishedTextToItsEnd() {
    assertThat(JavaText.of("/* open").prose()).containsExactly(new Prose(1, "/* open"));
    assertThat(JavaText.of("int a; \"open").code()).startsWith("int a; ");
  }
}
