package dev.fluke.net.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A receiver on the loopback interface that does to each connection what it is told. */
public final class RawReceiver implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

  private final ServerSocket server;
  private final Behaviour behaviour;
  private final AtomicInteger connections = new AtomicInteger();
  private final Semaphore ended = new Semaphore(0);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();

  /** What is done to a connection; when it returns or throws, the connection is closed. */
  public interface Behaviour {
    void on(Wire wire) throws Exception;
  }

  private RawReceiver(Behaviour behaviour) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.behaviour = behaviour;
  }

  public static RawReceiver doing(Behaviour behaviour) throws IOException {
    RawReceiver receiver = new RawReceiver(behaviour);
    daemon(receiver::acceptAll);
    return receiver;
  }

  /** Gives each request this answer, on a connection that stays open. */
  public static RawReceiver answering(String answer) throws IOException {
    return doing(
        wire -> {
          while (wire.readRequest()) {
            wire.say(answer);
          }
        });
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "receiver");
    thread.setDaemon(true);
    thread.start();
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        daemon(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      behaviour.on(new Wire(socket));
    } catch (Exception e) {
      // the sender has gone, which ends it just as well
    } finally {
      ended.release();
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  public int port() {
    return server.getLocalPort();
  }

  /** How many connections were made so far. */
  public int connections() {
    return connections.get();
  }

  /** Whether so many connections came to an end, at the latest in 5 s. */
  public boolean sawEnds(int number) throws InterruptedException {
    return ended.tryAcquire(number, 5, TimeUnit.SECONDS);
  }

  /** Request line and headers of each request. */
  public List<String> heads() {
    return heads;
  }

  public List<byte[]> bodies() {
    return bodies;
  }

  public String body() {
    return new String(bodies.get(0), UTF_8);
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
  }

  /** One connection. */
  public final class Wire {
    private final Socket socket;

    private Wire(Socket socket) {
      this.socket = socket;
    }

    /** Whether there was another request. */
    public boolean readRequest() throws IOException {
      InputStream in = socket.getInputStream();
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          return false;
        }
        head.write(next);
      }
      Matcher length = LENGTH.matcher(head.toString(ISO_8859_1));
      bodies.add(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
      heads.add(head.toString(ISO_8859_1));
      return true;
    }

    public void say(String text) throws IOException {
      say(text.getBytes(ISO_8859_1));
    }

    public void say(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }

    /** Sends back whatever comes. */
    public void echo() throws IOException {
      socket.getInputStream().transferTo(socket.getOutputStream());
    }

    /** Passes on what both sides say, until one has gone. */
    public void tunnelTo(int port) throws IOException {
      try (Socket other = new Socket(InetAddress.getLoopbackAddress(), port)) {
        daemon(
            () -> {
              try {
                other.getInputStream().transferTo(socket.getOutputStream());
              } catch (IOException e) {
                // one of them has gone
              }
            });
        socket.getInputStream().transferTo(other.getOutputStream());
      }
    }

    /** Says nothing more until the sender has gone. */
    public void waitForTheEnd() throws IOException {
      while (socket.getInputStream().read() >= 0) {
        // more of the request
      }
    }

    /** Says this again and again, a byte in 20 ms. */
    public void drip(String text) throws IOException, InterruptedException {
      byte[] bytes = text.getBytes(ISO_8859_1);
      for (int i = 0; !closed.await(20, TimeUnit.MILLISECONDS); i = (i + 1) % bytes.length) {
        say(new byte[] {bytes[i]});
      }
    }

    /** Closes it so that the sender sees a reset. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
