package dev.fluke.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A listener that never accepts and whose queue is full: what is sent to it is not answered. */
final class FullDoor implements AutoCloseable {
  private final ServerSocket door;
  private final List<Socket> waiting = new ArrayList<>();

  FullDoor() throws IOException {
    door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    boolean full = false;
    while (!full) {
      Socket one = new Socket();
      waiting.add(one);
      try {
        one.connect(new InetSocketAddress(door.getInetAddress(), door.getLocalPort()), 300);
      } catch (SocketTimeoutException e) {
        full = true;
      }
    }
  }

  int port() {
    return door.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (Socket one : waiting) {
      one.close();
    }
    door.close();
  }
}
