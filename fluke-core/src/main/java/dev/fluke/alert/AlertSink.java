package dev.fluke.alert;

/**
 * Where alerts go; {@link Webhook} is one. Users implement it.
 *
 * <p>Each sink has a queue of its own and is called on one of Fluke's threads, one alert at a time,
 * the alerts of one incident in order. One that is declared twice has two queues, and may be called
 * for both at once. It can neither stop nor slow the loop.
 */
@FunctionalInterface
public interface AlertSink {

  /**
   * Sends one alert, with one try. It may block, and is interrupted after a minute.
   *
   * @throws AlertRejectedException if the receiver won't take this alert; it is tried again after
   *     an hour, and other alerts go on
   * @throws RetryLaterException if the receiver said when it wants to be asked again
   * @throws Exception if it did not work for any other reason; it is tried again after 5 s, then
   *     less and less often up to every 5 minutes, and later alerts wait until then
   */
  void send(Alert alert) throws Exception;

  /**
   * What it is called in the status; asked once; no secrets. The name of its class, unless it says
   * better.
   */
  default String name() {
    Class<?> type = getClass();
    return type.isHidden() || type.getSimpleName().isEmpty() ? "a sink" : type.getSimpleName();
  }
}
