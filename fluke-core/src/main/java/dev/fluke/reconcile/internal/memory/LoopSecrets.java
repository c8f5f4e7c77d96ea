package dev.fluke.reconcile.internal.memory;

import dev.fluke.command.Mask;
import dev.fluke.command.SecretSource;
import dev.fluke.command.internal.HeldSecrets;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.time.Scheduler;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets of one reconciler.
 *
 * @param mask hides those of all agents in everything that is shown
 * @param named those that manifests name
 */
public record LoopSecrets(Mask mask, NamedSecrets named) {
  private static final Logger log = LoggerFactory.getLogger(LoopSecrets.class);

  /**
   * The secrets that the settings supply.
   *
   * @param from the sources of manifests, whose secrets are masked, too
   */
  public static LoopSecrets of(
      LoopSettings settings, List<?> from, Scheduler scheduler, LoopThread thread) {
    Mask mask = new Mask();
    from.forEach(source -> learn(mask, source));
    settings.outlets().routes().forEach(route -> learn(mask, route.sink()));
    List<SecretSource> sources = settings.extensions().secrets();
    return new LoopSecrets(mask, new NamedSecrets(sources, scheduler, thread, mask));
  }

  /**
   * Hides the secrets at hand of a transport, a source or a sink. Calls its {@code digestInto(..)},
   * if it has one.
   */
  public static void learn(Mask mask, Object holder) {
    try {
      HeldSecrets.of(holder).forEach(mask::learnLong);
    } catch (Throwable t) { // user code: it has no secrets then
      log.debug("the secrets of a {} can't be read: {}", holder.getClass(), t.getClass());
    }
  }
}
