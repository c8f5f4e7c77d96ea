package dev.fluke.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.alert.Alert;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EventTypesTest {

  private static Map<String, Object> constants() throws IllegalAccessException {
    Map<String, Object> constants = new TreeMap<>();
    for (Field field : EventTypes.class.getFields()) {
      constants.put(field.getName(), field.get(null));
    }
    return constants;
  }

  @Test
  void namesEachConstantByItsValueInUpperCase() throws Exception {
    assertThat(constants()).hasSizeGreaterThan(25);
    constants()
        .forEach((name, value) -> assertThat(value).isEqualTo(name.toLowerCase(Locale.ROOT)));
  }

  @Test
  void containsAllEventsOfAlerts() throws Exception {
    assertThat(constants().values()).containsAll(Alert.EVENTS);
    assertThat(Alert.EVENTS).doesNotHaveDuplicates();
  }

  @Test
  void isDocumentedAsAWhole() throws Exception {
    String docs =
        Files.readString(Path.of("../docs/alerts.md"))
            + Files.readString(Path.of("../docs/embedding.md"));

    for (Object type : constants().values()) {
      assertThat(docs).contains("`" + type + "`");
    }
  }

  @Test
  void hasARowForEachAlertOnThePageOfAlerts() throws Exception {
    String page = Files.readString(Path.of("../docs/alerts.md"));

    for (String event : Alert.EVENTS) {
      assertThat(page).contains("\n| `" + event + "` |");
    }
  }
}
