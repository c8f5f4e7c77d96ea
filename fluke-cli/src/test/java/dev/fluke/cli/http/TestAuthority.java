package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A certificate authority of OpenSSL, whose files are {@code NAME.pem} and {@code NAME.key}. */
record TestAuthority(Path dir, String name) {
  private static final String NEW_KEY = "-nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256";

  static TestAuthority create(Path dir, String name) throws Exception {
    TestAuthority authority = new TestAuthority(dir, name);
    authority.openssl(
        "req -x509 -days 2 " + NEW_KEY,
        "-subj",
        "/CN=" + name,
        "-keyout",
        name + ".key",
        "-out",
        name + ".pem");
    return authority;
  }

  Path certificate() {
    return dir.resolve(name + ".pem");
  }

  /** Issues a certificate: {@code FILE.pem} and {@code FILE.key}. */
  void issue(String file, String subject, String extension, int days) throws Exception {
    openssl(
        "req -new -utf8 " + NEW_KEY,
        "-subj",
        subject,
        "-addext",
        extension,
        "-keyout",
        file + ".key",
        "-out",
        file + ".csr");
    openssl(
        "x509 -req -copy_extensions copyall -CAcreateserial -CA "
            + name
            + ".pem -CAkey "
            + name
            + ".key",
        "-days",
        String.valueOf(days),
        "-in",
        file + ".csr",
        "-out",
        file + ".pem");
  }

  private void openssl(String words, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(words.split(" ")));
    command.addAll(List.of(more));
    TestProgram ended = TestProgram.run(dir, "", command);
    assertThat(ended.status()).as(ended.output()).isZero();
  }
}
