package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.source.ManifestSource.News;
import dev.fluke.time.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits that must follow the last one, in a repository that lost objects. */
class CommitReaderTest {
  private final Scheduler scheduler = Scheduler.system();
  private @TempDir Path dir;
  private GitRepo repo;
  private CommitReader reader;
  private LastGoodCommit last;

  @BeforeEach
  void create() {
    repo = GitRepo.in(dir);
    GitOptions any = GitOptions.of(repo.url());
    GitOptions options = any.with(any.trust().onlyFastForward());
    reader = new CommitReader(options, FollowedSource.READER, scheduler);
    last = new LastGoodCommit(dir, options);
  }

  @AfterEach
  void close() {
    scheduler.close();
  }

  private String push(String task) {
    return repo.push(task, Map.of("a.fluke.yaml", PairKind.file(task)));
  }

  private News read(String commit) throws Exception {
    try (Repository bare = new FileRepositoryBuilder().setGitDir(repo.bare.toFile()).build()) {
      return reader.read(bare, ObjectId.fromString(commit), last);
    }
  }

  @Test
  void takesALostCommitForADamagedMirror() throws Exception {
    String lost = push("a");
    last.write(ObjectId.fromString(push("b")));
    String tip = push("c");
    Files.delete(
        repo.bare.resolve("objects").resolve(lost.substring(0, 2) + "/" + lost.substring(2)));

    assertThatThrownBy(() -> read(tip)).isInstanceOf(MissingObjectException.class);
  }

  @Test
  void refusesACommitIfTheRemoteNoLongerHasTheLastOne() throws Exception {
    last.write(ObjectId.fromString("1".repeat(40)));
    String tip = push("a");

    assertThat(read(tip)).isInstanceOf(News.Broken.class);
  }
}
