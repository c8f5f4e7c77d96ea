package dev.fluke.reconcile.internal.cycle;

import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A method of an executor returned null, as those of mocks do. Names the class and the method. */
final class NullAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NullAnswerException(Executor executor, String method, String what) {
    super("%s of %s returned %s".formatted(method, executor.getClass().getName(), what));
  }

  /** What the method returned, if it is not null. */
  static <T> T refuse(@Nullable T answer, Executor executor, String method) {
    if (answer == null) {
      throw new NullAnswerException(executor, method, "null");
    }
    return answer;
  }

  /** The same for results of checks: those that are mocks give null as soon as they are asked. */
  static CheckResult refuseResult(@Nullable CheckResult answer, Executor executor, String method) {
    CheckResult real = refuse(answer, executor, method).map(UnaryOperator.identity());
    if (real == null) {
      throw new NullAnswerException(executor, method, "a mock of CheckResult");
    }
    return real;
  }
}
