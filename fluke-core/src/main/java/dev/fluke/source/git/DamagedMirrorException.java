package dev.fluke.source.git;

import com.google.common.base.Throwables;
import java.io.EOFException;
import java.io.IOException;
import java.util.Set;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoPackSignatureException;
import org.eclipse.jgit.errors.PackInvalidException;
import org.eclipse.jgit.errors.PackMismatchException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.errors.UnpackException;

/** The mirror on this machine is damaged; the remote is not the cause. */
final class DamagedMirrorException extends IOException {
  private static final long serialVersionUID = 1;
  private static final Set<Class<? extends Throwable>> DAMAGE =
      Set.of(
          DamagedMirrorException.class,
          ConfigInvalidException.class,
          CorruptObjectException.class,
          IncorrectObjectTypeException.class,
          MissingObjectException.class,
          NoPackSignatureException.class,
          PackInvalidException.class,
          PackMismatchException.class,
          RepositoryNotFoundException.class,
          UnpackException.class);

  DamagedMirrorException(String why) {
    super(why);
  }

  /** Whether a damaged mirror caused this failure. */
  static boolean isBehind(Throwable failure) {
    return failure instanceof RuntimeException
        || failure instanceof EOFException
        || Throwables.getCausalChain(failure).stream()
            .anyMatch(cause -> DAMAGE.stream().anyMatch(kind -> kind.isInstance(cause)));
  }
}
