package dev.fluke.reconcile.internal.incident;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubjectMapTest {
  private static final Subject WEB_A = Subject.ofTask("web", "a");
  private static final Subject WEB_B = Subject.ofTask("web", "b");
  private static final Subject DB_A = Subject.ofTask("db", "a");

  private final SubjectMap<String> map = new SubjectMap<>();

  @BeforeEach
  void fill() {
    map.put(WEB_A, "web/a");
    map.put(WEB_B, "web/b");
    map.put(DB_A, "db/a");
  }

  @Test
  void findsBySubjectAndByAgent() {
    assertThat(map.get(WEB_A)).isEqualTo("web/a");
    assertThat(map.get(Subject.ofTask("web", "c"))).isNull();
    assertThat(map.get(Subject.ofTask("mail", "a"))).isNull();
    assertThat(map.ofAgent("web")).containsExactlyInAnyOrder("web/a", "web/b");
    assertThat(map.ofAgent("mail")).isEmpty();
    assertThat(map.values()).containsExactlyInAnyOrder("web/a", "web/b", "db/a");
  }

  @Test
  void replacesValueOfSameSubject() {
    map.put(WEB_A, "new");

    assertThat(map.values()).containsExactlyInAnyOrder("new", "web/b", "db/a");
  }

  @Test
  void removesOneSubject() {
    map.remove(WEB_A);
    map.remove(Subject.ofTask("mail", "a"));

    assertThat(map.values()).containsExactlyInAnyOrder("web/b", "db/a");
  }

  @Test
  void removesPickedTasksOfOneAgentOnly() {
    map.removeIf("web", WEB_A::equals);
    map.removeIf("mail", task -> true);

    assertThat(map.values()).containsExactlyInAnyOrder("web/b", "db/a");
  }

  @Test
  void removesWholeAgent() {
    map.removeAgent("web");

    assertThat(map.values()).containsExactly("db/a");
  }

  @Test
  void givesCopiesThatLaterChangesLeaveAlone() {
    var before = map.ofAgent("web");

    map.removeAgent("web");

    assertThat(before).hasSize(2);
  }
}
