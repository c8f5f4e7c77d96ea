package dev.fluke.cli.daemon;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.fluke.cli.config.LogConfig;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.LoggerFactory;

/**
 * Configures the log: standard error, one line for each message. The default level is WARN; the
 * config of a daemon can lower it for Fluke. Other libraries log only warnings and errors: at lower
 * levels they log secrets that Fluke hides. The HTTP server logs only errors, because every
 * stranger can make it warn as often as he likes. Events are logged by a daemon only: a command
 * prints what it did itself.
 */
public final class Logs extends ContextAwareBase implements Configurator {
  private static final String HTTP_SERVER = "org.eclipse.jetty";
  private static final String EVENTS = "dev.fluke.events";

  /** Logback calls this when it starts. */
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    configure(context, Level.WARN, false);
    context.getLogger(EVENTS).setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Applies the level and the format of a config. */
  static void configure(LogConfig config) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      configure(context, Level.toLevel(config.level()), config.json());
      context.getLogger(EVENTS).setLevel(null); // as the config says
    }
  }

  private static void configure(LoggerContext context, Level level, boolean json) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    LogLines lines = new LogLines(json);
    lines.setContext(context);
    lines.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(lines);
    appender.setOutputStream(new StandardError());
    appender.start();
    root.addAppender(appender);
    root.setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
    context.getLogger(HTTP_SERVER).setLevel(Level.ERROR);
    context.getLogger("dev.fluke").setLevel(level);
  }

  /** Standard error that stays open when an appender is stopped. */
  private static final class StandardError extends OutputStream {
    private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);

    @Override
    public void write(int one) throws IOException {
      err.write(one);
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
      err.write(some, from, length);
    }
  }
}
