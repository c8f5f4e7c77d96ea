package dev.fluke.ssh;

import dev.fluke.time.Scheduler;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A way to a server on which each piece of data takes a time; counts what passes. */
final class SlowLine implements AutoCloseable {
  private final ServerSocket door;
  private final int to;
  private final long delay; // nanoseconds, one way
  private final Scheduler scheduler = Scheduler.system();
  final AtomicLong bytes = new AtomicLong();

  private SlowLine(ServerSocket door, int to, Duration oneWay) {
    this.door = door;
    this.to = to;
    this.delay = oneWay.toNanos();
  }

  static SlowLine to(int port, Duration oneWay) throws IOException {
    ServerSocket door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    SlowLine line = new SlowLine(door, port, oneWay);
    start(line::accept);
    return line;
  }

  int port() {
    return door.getLocalPort();
  }

  private void accept() throws Exception {
    while (true) {
      Socket near = door.accept();
      Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      carry(near, far);
      carry(far, near);
    }
  }

  private static final class Piece {
    final byte[] bytes;
    final long due;

    Piece(byte[] bytes, long due) {
      this.bytes = bytes;
      this.due = due;
    }
  }

  private void carry(Socket from, Socket into) {
    LinkedBlockingQueue<Piece> way = new LinkedBlockingQueue<>();
    start(
        () -> {
          byte[] buffer = new byte[64 * 1024];
          InputStream in = from.getInputStream();
          for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            bytes.addAndGet(n);
            way.add(new Piece(Arrays.copyOf(buffer, n), System.nanoTime() + delay));
          }
          way.add(new Piece(new byte[0], 0));
        });
    start(
        () -> {
          try (into) {
            OutputStream out = new BufferedOutputStream(into.getOutputStream(), 64 * 1024);
            for (Piece piece = way.take(); piece.bytes.length > 0; piece = way.take()) {
              long left = piece.due - System.nanoTime();
              if (left > 0) {
                scheduler.sleep(Duration.ofNanos(left));
              }
              out.write(piece.bytes);
              Piece next = way.peek();
              if (next == null || next.due > System.nanoTime()) {
                out.flush(); // what is due together goes together: the line is to cost little
                // itself
              }
            }
          }
        });
  }

  private interface Body {
    void run() throws Exception;
  }

  private static void start(Body body) {
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
              } catch (Exception e) {
                // one of the two ends is gone: so is the line
              }
            },
            "slow-line");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
    scheduler.close();
  }
}
