package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonObjectTest {

  @Test
  void omitsUnknownValues() {
    assertThat(
            JsonObject.of(
                "a",
                "x",
                "b",
                "",
                "c",
                Optional.empty(),
                "d",
                Optional.of(7),
                "e",
                false,
                "f",
                List.of()))
        .hasToString("{a=x, d=7, e=false, f=[]}");
  }

  @Test
  void keepsTheOrderAndAcceptsMore() {
    assertThat(JsonObject.of("z", 1, "a", 2).keySet()).containsExactly("z", "a");
    assertThat(JsonObject.of("a", 1).put("b", 2)).isNull();
  }
}
