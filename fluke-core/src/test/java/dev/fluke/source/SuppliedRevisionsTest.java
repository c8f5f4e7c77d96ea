package dev.fluke.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.manifest.Manifest;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** Manifests that an application declares in code become numbered revisions. */
class SuppliedRevisionsTest {
  private final Deque<Manifest> supplied = new ArrayDeque<>();
  private final SuppliedRevisions revisions = new SuppliedRevisions(supplied::poll);

  @Test
  void numbersEachNewObject() throws Exception {
    Manifest one = Manifest.of();
    Manifest other = Manifest.of();
    supplied.add(one);
    supplied.add(one);
    supplied.add(other);
    supplied.add(one);

    assertThat(revisions.next()).hasValueSatisfying(next -> assertThat(next).hasToString("code-1"));
    assertThat(revisions.next()).isEmpty();
    assertThat(revisions.next().orElseThrow().manifest()).isSameAs(other);
    assertThat(revisions.next().orElseThrow().id()).isEqualTo("code-3");
  }

  @Test
  void refusesNull() {
    assertThatThrownBy(revisions::next)
        .isInstanceOf(SourceUnavailableException.class)
        .hasMessage("the supplier of the manifest returned null");
  }
}
