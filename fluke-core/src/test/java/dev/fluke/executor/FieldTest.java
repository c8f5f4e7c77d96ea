package dev.fluke.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldTest {

  @Test
  void hasTheTypeOfItsFactory() {
    assertThat(
            List.of(
                Field.text("a", "x"),
                Field.name("a", "x"),
                Field.path("a", "x"),
                Field.flag("a", "x"),
                Field.duration("a", "x"),
                Field.choice("a", "x", "on", "off"),
                Field.texts("a", "x"),
                Field.secretOrText("a", "x"),
                Field.secretsOrTexts("a", "x"),
                Field.group("a", "x", Field.text("b", "y"))))
        .extracting(Field::type)
        .containsExactly(Field.Type.values());
    assertThat(Field.choice("a", "x", "on", "off").choices()).containsExactly("on", "off");
    assertThat(Field.group("a", "x", Field.text("b", "y")).members())
        .containsExactly(Field.text("b", "y"));
  }

  @Test
  void isOptionalWithoutADefaultAtFirst() {
    Field<String> field = Field.text("a", "for what");

    assertThat(field.about()).isEqualTo("for what");
    assertThat(field.isRequired()).isFalse();
    assertThat(field.fallback()).isEmpty();
    assertThat(field.defaultText()).isEmpty();
    assertThat(field.mayBeEmpty()).isFalse();
    assertThat(field.ifWrong()).isEmpty();
  }

  @Test
  void keepsEachOptionBesideTheOthers() {
    Field<String> field =
        Field.choice("a", "x", "on", "off").orEmpty().ifWrong("it fails").or("on");

    assertThat(field.mayBeEmpty()).isTrue();
    assertThat(field.ifWrong()).isEqualTo("it fails");
    assertThat(field.fallback()).contains("on");
    assertThat(field.defaultText()).isEqualTo("on");
    assertThat(field.choices()).containsExactly("on", "off");
    assertThat(field.required().mayBeEmpty()).isTrue();
    assertThat(field.required().ifWrong()).isEqualTo("it fails");
  }

  @Test
  void letsTheLastWordOnADefaultWin() {
    Field<Duration> field = Field.duration("a", "x").or(Duration.ofSeconds(5));

    assertThat(field.defaultText()).isEqualTo("PT5S");
    assertThat(field.required().isRequired()).isTrue();
    assertThat(field.required().fallback()).isEmpty();
    assertThat(field.required().defaultText()).isEmpty();
    assertThat(field.unlessGiven("the step's limit").fallback()).isEmpty();
    assertThat(field.unlessGiven("the step's limit").defaultText()).isEqualTo("the step's limit");
    assertThat(field.required().or(Duration.ofSeconds(1)).isRequired()).isFalse();
  }

  @Test
  void equalsAFieldOfTheSameName() {
    assertThat(Field.text("a", "x").required())
        .isEqualTo(Field.flag("a", "y"))
        .hasSameHashCodeAs(Field.flag("a", "y"))
        .isNotEqualTo(Field.text("b", "x"))
        .hasToString("a");
  }

  @Test
  void refusesNull() {
    assertThatThrownBy(() -> Field.text("a", null)).hasMessage("about");
    assertThatThrownBy(() -> Field.text(null, "x")).hasMessage("name");
    assertThatThrownBy(() -> Field.text("a", "x").or(null)).hasMessage("value");
    assertThatThrownBy(() -> Field.text("a", "x").ifWrong(null)).hasMessage("ifWrong");
  }
}
