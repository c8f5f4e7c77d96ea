package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** Failures as text. */
class GitErrorTextTest {

  @Test
  void addsTheRootCauseIfItSaysMore() {
    IOException root = new IOException("connection reset");

    assertThat(GitErrorText.of(new IOException("fetch failed", new IOException("x", root))))
        .isEqualTo("fetch failed: connection reset");
    assertThat(GitErrorText.of(new IOException("fetch failed: connection reset by peer", root)))
        .isEqualTo("fetch failed: connection reset by peer");
    assertThat(GitErrorText.of(root)).isEqualTo("connection reset");
  }

  @Test
  void namesTheExceptionIfItHasNoMessage() {
    assertThat(GitErrorText.of(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void namesTheKindOfAFileFailureWithoutReason() {
    assertThat(GitErrorText.message(new NoSuchFileException("/a"))).isEqualTo("/a: no such file");
    assertThat(GitErrorText.message(new FileAlreadyExistsException("/a")))
        .isEqualTo("/a: file already exists");
    assertThat(GitErrorText.message(new AccessDeniedException("/a")))
        .isEqualTo("/a: access denied");
    assertThat(GitErrorText.message(new FileSystemException("/a", null, "disk full")))
        .isEqualTo("/a: disk full");
  }

  @Test
  void staysOnOneLine() {
    assertThat(GitErrorText.of(new IOException("a\nb\u001b[31m"))).isEqualTo("a\\nb\\u001b[31m");
  }
}
