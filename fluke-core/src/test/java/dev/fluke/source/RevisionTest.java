package dev.fluke.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.manifest.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A revision with what is known about it. */
class RevisionTest {
  private static final Instant MONDAY = Instant.parse("2025-03-10T08:00:00Z");

  @Test
  void keepsEveryPartInAnyOrder() {
    Manifest manifest = Manifest.of();
    List<String> remarks = new ArrayList<>(List.of("history was rewritten"));
    Revision one = Revision.of("abc", manifest).madeBy("Ann", "Fix it", MONDAY).remarks(remarks);
    Revision other = Revision.of("abc", manifest).remarks(remarks).madeBy("Ann", "Fix it", MONDAY);
    remarks.clear();

    for (Revision each : List.of(one, other)) {
      assertThat(each).hasToString("abc");
      assertThat(each.id()).isEqualTo("abc");
      assertThat(each.manifest()).isSameAs(manifest);
      assertThat(each.author()).isEqualTo("Ann");
      assertThat(each.subject()).isEqualTo("Fix it");
      assertThat(each.time()).contains(MONDAY);
      assertThat(each.remarks()).containsExactly("history was rewritten");
    }
  }

  @Test
  void knowsNothingElseUnlessGiven() {
    Revision bare = Revision.of("abc", Manifest.empty());

    assertThat(bare.author()).isEmpty();
    assertThat(bare.subject()).isEmpty();
    assertThat(bare.time()).isEmpty();
    assertThat(bare.remarks()).isEmpty();
    assertThatThrownBy(() -> bare.remarks().add("x"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
