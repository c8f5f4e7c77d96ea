package dev.fluke.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Supplies the secrets that manifests name, as in {@code env: { TOKEN: { secret: api-token } }}.
 * Users implement it; {@link #directory} and {@link #environment} are at hand.
 *
 * <p>Fluke asks for each name once in each walk of an agent, so a value that changes takes effect
 * in the next cycle: it is a changed declaration. It also asks when a new revision arrives. Each
 * time it calls on a thread of its own, without a lock, and waits at most 10 s; many agents may ask
 * at once. While a call does not return, tasks that need a secret end as unknown.
 *
 * <pre>{@code
 * Reconciler.builder()
 *     .secrets(name -> Optional.ofNullable(vault.read("fluke/" + name)).map(Secret::of))
 * }</pre>
 */
@FunctionalInterface
public interface SecretSource {

  /**
   * The secret of this name.
   *
   * @param name letters, digits and {@code . _ -}; never a path
   * @return empty if this source does not have it; never null
   * @throws Exception if it can't tell. The task ends as unknown then. Reports name the class of
   *     the exception, and never show its message, which may have a secret in it
   */
  Optional<Secret> secret(String name) throws Exception;

  /**
   * The names that it has, for suggestions in error messages. The default is none: a source need
   * not be able to list them.
   *
   * @return never null
   * @throws Exception if they can't be had; then messages suggest nothing
   */
  default Set<String> names() throws Exception {
    return Set.of();
  }

  /**
   * A file for each secret, named as the secret is, in this directory. The content is the secret,
   * as UTF-8, without one line break at its end if it has one; at most 64 KiB. A link in the
   * directory is followed as long as it stays below the directory. Files are read each time.
   *
   * <p>Such a file belongs to root or to the user of this process, and other users can't read it
   * ({@code chmod 600}); they can't write it, the directory, or a directory above. A group counts
   * as others, except where root gives a file to the group of a process that is not root, with no
   * other user in it ({@code root:fluke}, mode 0640). Otherwise the secret can't be read, and the
   * reason has the path and the command that changes it.
   */
  static SecretSource directory(Path directory) {
    SecretDirectory files = new SecretDirectory(directory);
    return new SecretSource() {
      @Override
      public Optional<Secret> secret(String name) throws Exception {
        return files.secret(name);
      }

      @Override
      public Set<String> names() throws Exception {
        return files.names();
      }

      @Override
      public String toString() {
        return files.toString();
      }
    };
  }

  /**
   * An environment variable of this process for each secret: the prefix, then the name in capital
   * letters with {@code _} for {@code .} and {@code -}. With the prefix {@code APP_SECRET_}, the
   * secret {@code api-token} is in {@code APP_SECRET_API_TOKEN}.
   *
   * @throws IllegalArgumentException if the prefix is not a name of a variable
   */
  static SecretSource environment(String prefix) {
    return environment(prefix, System.getenv());
  }

  /** As {@link #environment(String)}, with these variables instead of those of this process. */
  static SecretSource environment(String prefix, Map<String, String> variables) {
    SecretVariables prefixed = new SecretVariables(prefix, variables);
    return new SecretSource() {
      @Override
      public Optional<Secret> secret(String name) {
        return prefixed.secret(name);
      }

      @Override
      public Set<String> names() {
        return prefixed.names();
      }

      @Override
      public String toString() {
        return prefixed.toString();
      }
    };
  }
}
