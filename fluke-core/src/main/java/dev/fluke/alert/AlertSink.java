package dev.fluke.alert;

/**
 * Sends alerts to a receiver; {@link Webhook} is one. Users implement it.
 *
 * <p>Each sink has a queue of its own. One of Fluke's threads calls it with one alert at a time;
 * alerts of one incident come in order. A sink that is declared twice has two queues, and two
 * threads may call it at once. A sink can neither stop nor delay the loop.
 */
@FunctionalInterface
public interface AlertSink {

  /**
   * Tries once to send one alert. It may block; Fluke interrupts it after a minute.
   *
   * @throws AlertRejectedException if the receiver rejects this alert; Fluke tries it again after
   *     an hour, and alerts of other incidents go on
   * @throws RetryLaterException if the receiver says when to try again
   * @throws Exception for any other failure, as any {@code Error}; Fluke tries again after 5 s,
   *     then less and less often up to every 5 minutes. Later alerts of the same incident wait;
   *     those of others take turns, with pauses that grow with the number of incidents whose alerts
   *     failed since the last success
   */
  void send(Alert alert) throws Exception;

  /**
   * Its name in the status, without secrets. Fluke asks once. The default is the simple name of the
   * class, or {@code a sink} for a lambda or an anonymous class.
   */
  default String name() {
    Class<?> type = getClass();
    return type.isHidden() || type.getSimpleName().isEmpty() ? "a sink" : type.getSimpleName();
  }
}
