package dev.fluke.cli.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections to this machine, each from another address, so that none is slowed down. */
final class ManyAddresses {
  private static final AtomicInteger LAST = new AtomicInteger();

  private ManyAddresses() {}

  static Socket connect(int port) throws IOException {
    int number = LAST.incrementAndGet();
    byte[] from = {127, 7, (byte) (number / 200 + 1), (byte) (number % 200 + 1)};
    return new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByAddress(from), 0);
  }
}
