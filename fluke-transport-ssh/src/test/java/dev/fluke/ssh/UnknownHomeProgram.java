package dev.fluke.ssh;

import dev.fluke.time.Scheduler;
import dev.fluke.transport.Target;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Logs in where neither home nor name of the user are known. */
final class UnknownHomeProgram {
  private UnknownHomeProgram() {}

  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    Ssh ssh = Ssh.to("127.0.0.1").port(port);
    print("config", () -> Ssh.config("web").toString());
    print("name", () -> connect(ssh));
    print("trust", () -> connect(ssh.user("fluke")));
    print("new", () -> connect(ssh.user("fluke").acceptNew()));
    Ssh named = ssh.user(args[1]).key(Path.of(args[2])).knownHosts(Path.of(args[3]));
    print("named", () -> connect(named));
  }

  private static String connect(Ssh ssh) throws Exception {
    try (Scheduler scheduler = Scheduler.system()) {
      ssh.open(Target.of("web", scheduler)).close();
      return "connected";
    }
  }

  private static void print(String what, Callable<String> call) {
    try {
      System.out.println(what + ": " + call.call());
    } catch (Exception e) {
      System.out.println(what + ": " + e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }
}
