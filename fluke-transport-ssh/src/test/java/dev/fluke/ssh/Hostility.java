package dev.fluke.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.core.CoreModuleProperties;

/** What a host might do to those who log in to it. */
enum Hostility implements ScriptedServer.Script {
  /** The login is answered with one text after the other, and never decided. */
  ENDLESS_LOGIN_TEXT {
    @Override
    void prepare(ScriptedServer server) {
      server.atTheDoor(
          session -> {
            while (session.isOpen()) {
              ScriptedChannel.send(
                  session,
                  SshConstants.SSH_MSG_USERAUTH_BANNER,
                  message -> {
                    message.putString("welcome \033[2J".repeat(100));
                    message.putString("");
                  });
            }
          });
    }

    @Override
    public void run(ScriptedChannel channel) {}
  },
  /** The shell prints on its standard error, and says nothing. */
  FLOOD_BEFORE_THE_SHELL {
    @Override
    public void run(ScriptedChannel channel) throws Exception {
      flood(channel);
    }
  },
  /** The shell is one, and prints on its standard error besides. */
  FLOOD_BESIDE_THE_SHELL {
    @Override
    public void run(ScriptedChannel channel) throws Exception {
      CompletableFuture<?> flood = Lab.aside(() -> flood(channel));
      channel.serve();
      flood.cancel(true);
    }
  },
  /** Frames of commands that nobody sent, whose marks are guessed. */
  FORGED_FRAMES {
    @Override
    public void run(ScriptedChannel channel) throws Exception {
      String nonce = "0123456789abcdef".repeat(2);
      byte[] frames =
          ("O" + nonce + ";B" + nonce + "E" + nonce + "0;").repeat(400).getBytes(US_ASCII);
      for (long sent = 0; sent < FLOOD; sent += frames.length) {
        channel.print(frames);
      }
    }
  },
  /** Reads which mark is wanted, and says it with more than anybody wants to be shown. */
  ANSWER_WITHOUT_SENSE {
    @Override
    public void run(ScriptedChannel channel) throws Exception {
      StringBuilder script = new StringBuilder();
      Matcher mark = Pattern.compile("O[0-9a-f]{32}").matcher(script);
      while (!mark.reset().find()) {
        script.append((char) channel.in().read());
      }
      String answer = mark.group() + ";" + mark.group() + "\033[2J".repeat(100_000) + ";";
      channel.print(answer.getBytes(US_ASCII));
    }
  },
  /** Nothing that is sent is ever read, while the host stays alive. */
  NOTHING_IS_READ {
    @Override
    void prepare(ScriptedServer server) {
      CoreModuleProperties.WINDOW_SIZE.set(server.mina, 16L);
    }

    @Override
    public void run(ScriptedChannel channel) {}
  },
  /** Opens channels that nobody asked for, and reads no answer. */
  UNASKED_CHANNELS {
    @Override
    public void run(ScriptedChannel channel) throws Exception {
      Session session = channel.session();
      for (int i = 0; i < MANY; i++) {
        int number = 1000 + i;
        ScriptedChannel.send(
            session,
            SshConstants.SSH_MSG_CHANNEL_OPEN,
            message -> {
              message.putString("forwarded-tcpip");
              message.putUInt(number);
              message.putUInt(1 << 20);
              message.putUInt(1 << 15);
              message.putString("127.0.0.1");
              message.putUInt(22);
              message.putString("127.0.0.1");
              message.putUInt(22);
            });
      }
    }
  };

  /** More than anybody may keep. */
  static final long FLOOD = Long.getLong("fluke.test.flood", 300L) << 20;

  static final int MANY = Integer.getInteger("fluke.test.windows", 100_000);

  void prepare(ScriptedServer server) {}

  /** A server that does this. */
  static ScriptedServer server(Hostility hostility, Path dir) throws Exception {
    ScriptedServer server = ScriptedServer.start(dir, hostility);
    hostility.prepare(server);
    return server;
  }

  static boolean flood(ScriptedChannel channel) throws Exception {
    byte[] noise = "\033]0;\u0001\r\n".repeat(8 * 1024).getBytes(US_ASCII);
    for (long sent = 0; sent < FLOOD; sent += noise.length) {
      channel.printError(noise);
    }
    return true;
  }
}
