package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which failures come from a damaged mirror. */
class DamagedMirrorExceptionTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new DamagedMirrorException("x"), true),
        Arguments.of(new MissingObjectException(ObjectId.zeroId(), "blob"), true),
        Arguments.of(new IOException("x", new ConfigInvalidException("y")), true),
        Arguments.of(new EOFException(), true),
        Arguments.of(new IllegalStateException("a bug in JGit"), true),
        Arguments.of(new IOException("disk full"), false),
        Arguments.of(new IOException("x", new EOFException()), false),
        Arguments.of(new TransportException("x", new ConnectException("refused")), false));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void tellsDamageFromOtherFailures(Throwable failure, boolean damage) {
    assertThat(DamagedMirrorException.isBehind(failure)).isEqualTo(damage);
  }
}
