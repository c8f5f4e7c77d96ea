package dev.fluke.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to a server on loopback that spoils what passes, at a byte that is named beforehand: it
 * cuts, falls silent, holds back or corrupts. A fault strikes once; later connections pass.
 */
final class CuttingProxy implements AutoCloseable {
  /** To the server, or from it. */
  enum Way {
    UP,
    DOWN
  }

  /** What happens at the named byte. */
  enum Fault {
    /** Both sides see an orderly end. */
    CLOSE,
    /** Both sides see a reset. */
    RESET,
    /** Nothing more passes, either way, without an end or a reset: as with a firewall. */
    SILENCE,
    /** What comes this way is no more read, so that the sender's buffers fill. */
    HOLD,
    /** One byte is changed. */
    CORRUPT
  }

  final int port;
  private final int target;
  private final ServerSocket door;
  private final List<Link> links = new CopyOnWriteArrayList<>();
  private final Map<Way, Long> passed = new EnumMap<>(Map.of(Way.UP, 0L, Way.DOWN, 0L));
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger connections = new AtomicInteger();
  private Way way = Way.UP;
  private Fault fault = Fault.CLOSE;
  private long at = Long.MAX_VALUE;
  private long each = -1;
  private volatile boolean dripping;

  CuttingProxy(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.port = door.getLocalPort();
    start("proxy-door", this::accept);
  }

  /** After this many more bytes have passed this way, the fault strikes. */
  synchronized void after(long bytes, Way way, Fault fault) {
    this.way = way;
    this.fault = fault;
    this.at = passed.get(way) + bytes;
  }

  /** The fault strikes each connection, when so many of its bytes have passed. */
  synchronized void cutsEach(long bytes, Way way, Fault fault) {
    after(bytes, way, fault);
    each = bytes;
  }

  /** From now on nothing passes on the connections that are open. */
  void silence() {
    links.forEach(link -> link.silent = true);
  }

  /** Each byte goes on alone. */
  void drip() {
    dripping = true;
  }

  /** Whether the fault has struck. */
  synchronized boolean hasStruck() {
    return at == Long.MAX_VALUE;
  }

  /** How many connections were made through it so far. */
  int connections() {
    return connections.get();
  }

  /** The bytes that have passed this way so far. */
  synchronized long passed(Way way) {
    return passed.get(way);
  }

  private static void start(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = door.accept();
        connections.incrementAndGet();
        Socket far = new Socket();
        far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        Link link = new Link(near, far);
        renew();
        links.add(link);
        start("proxy-up", () -> link.pump(near, far, Way.UP));
        start("proxy-down", () -> link.pump(far, near, Way.DOWN));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private synchronized void renew() {
    if (each >= 0) {
      after(each, way, fault);
    }
  }

  /** How many of these bytes pass before the fault strikes; all of them if it does not. */
  private synchronized int count(int length, Way going) {
    long before = passed.get(going);
    boolean strikes = going == way && at - before < length;
    int pass = strikes ? Math.toIntExact(Math.max(0, at - before)) : length;
    passed.put(going, before + pass);
    if (strikes) {
      at = Long.MAX_VALUE;
    }
    return pass;
  }

  @Override
  public void close() throws IOException {
    door.close();
    released.countDown();
    links.forEach(link -> link.end(false));
  }

  /** One connection. */
  private final class Link {
    private final Socket near;
    private final Socket far;
    private volatile boolean silent;

    Link(Socket near, Socket far) {
      this.near = near;
      this.far = far;
    }

    void pump(Socket from, Socket to, Way going) {
      byte[] bytes = new byte[8192];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(bytes); n >= 0; n = in.read(bytes, 0, dripping ? 1 : bytes.length)) {
          if (!silent) {
            int pass = count(n, going);
            out.write(bytes, 0, pass);
            if (pass < n) {
              strike(bytes, pass, n, out);
            }
          }
        }
        end(false);
      } catch (IOException | InterruptedException e) {
        end(false);
      }
    }

    private void strike(byte[] bytes, int pass, int length, OutputStream out)
        throws IOException, InterruptedException {
      switch (fault) {
        case CLOSE, RESET -> end(fault == Fault.RESET);
        case SILENCE -> silent = true;
        case HOLD -> released.await();
        case CORRUPT -> {
          bytes[pass] ^= 0x20;
          out.write(bytes, pass, length - pass);
        }
      }
    }

    void end(boolean reset) {
      links.remove(this);
      for (Socket side : List.of(near, far)) {
        try {
          if (reset) {
            side.setSoLinger(true, 0);
          }
          side.close();
        } catch (IOException e) {
          // closed by the other side
        }
      }
    }
  }
}
