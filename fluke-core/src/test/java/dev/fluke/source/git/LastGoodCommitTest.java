package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.source.SourceUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastGoodCommitTest {
  private static final ObjectId ID = ObjectId.fromString("1".repeat(40));
  private static final GitOptions MAIN = GitOptions.of("https://h/x y.git");

  private @TempDir Path dir;

  @Test
  void remembersAndForgets() throws Exception {
    assertThat(new LastGoodCommit(dir, MAIN).read()).isEmpty();
    new LastGoodCommit(dir, MAIN).forget();

    new LastGoodCommit(dir, MAIN).write(ID);

    assertThat(new LastGoodCommit(dir, MAIN).read()).contains(ID);
    new LastGoodCommit(dir, MAIN).forget();
    assertThat(new LastGoodCommit(dir, MAIN).read()).isEmpty();
  }

  @Test
  void knowsNothingOfAnotherBranchOrRepository() throws Exception {
    new LastGoodCommit(dir, MAIN).write(ID);

    assertThat(new LastGoodCommit(dir, MAIN.with(GitRef.branch("other"))).read()).isEmpty();
    assertThat(new LastGoodCommit(dir, GitOptions.of("https://h/z")).read()).isEmpty();
  }

  @Test
  void takesADamagedFileForNoPermission() throws Exception {
    LastGoodCommit last = new LastGoodCommit(dir, MAIN);
    for (String damaged : new String[] {"", "x", "1".repeat(40), "x refs/heads/main https://h/x"}) {
      Files.writeString(last.file(), damaged);
      assertThatThrownBy(last::read)
          .isInstanceOf(SourceUnavailableException.class)
          .hasMessage(
              "%s is damaged; delete it to accept the next commit whatever it follows",
              last.file());
    }
  }
}
