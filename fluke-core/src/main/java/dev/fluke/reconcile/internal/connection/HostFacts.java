package dev.fluke.reconcile.internal.connection;

import dev.fluke.text.ErrorText;
import dev.fluke.transport.HostConnection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a connection says of its host. Asked where the connection is used anyway and kept, so that a
 * status never waits for a host. Immutable.
 */
record HostFacts(List<String> capabilities, List<String> remarks) {
  static final HostFacts NONE = new HostFacts(List.of(), List.of());

  /** Never throws. */
  static HostFacts of(HostConnection connection) {
    return new HostFacts(
        listOf("capabilities()", connection::capabilities),
        listOf("remarks()", connection::remarks));
  }

  private static List<String> listOf(String what, Supplier<@Nullable List<String>> call) {
    try {
      List<String> found = call.get();
      return found == null ? List.of("its %s returned null".formatted(what)) : List.copyOf(found);
    } catch (Throwable t) {
      return List.of("its %s failed: %s".formatted(what, ErrorText.of(t)));
    }
  }
}
