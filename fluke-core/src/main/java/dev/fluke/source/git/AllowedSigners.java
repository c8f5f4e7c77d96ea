package dev.fluke.source.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.files.internal.Exposures;
import dev.fluke.files.internal.FileExposure;
import dev.fluke.text.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An allowed signers file, as it was when it was read.
 *
 * <p>It allows a key as Git does ({@code verify_ssh_signed_buffer} in {@code gpg-interface.c}): the
 * first line that is for the key and counts at that time gives its principals ({@code ssh-keygen -Y
 * find-principals}); one of these, taken as a name, must then match a line that is for the key,
 * counts at that time and allows the namespace {@code git} ({@code ssh-keygen -Y verify}). No
 * principal is compared with the author or committer.
 *
 * @param file for messages
 * @param signers the lines that name a key
 * @param problems every mistake, with file and line; if there is one, no key is allowed
 */
record AllowedSigners(Path file, List<AllowedSigner> signers, List<String> problems) {
  private static final String NAMESPACE = "git";

  /** Reads the file; what is wrong with it, or with who can change it, is in the problems. */
  static AllowedSigners read(Path file) {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(Limits.FILE_BYTES + 1);
    } catch (IOException e) {
      String why = "the allowed signers can't be read: " + GitErrorText.of(e);
      return new AllowedSigners(file, List.of(), List.of(why));
    }
    if (content.length > Limits.FILE_BYTES) {
      String why = file + ": is longer than 1 MiB; remove signers that are not needed";
      return new AllowedSigners(file, List.of(), List.of(why));
    }
    List<FileExposure> exposures = Exposures.of(file, FileExposure.Allowed.READING);
    if (!exposures.isEmpty()) {
      List<String> why = exposures.stream().map(FileExposure::toString).toList();
      return new AllowedSigners(file, List.of(), why);
    }
    return parse(file, new String(content, UTF_8));
  }

  private static AllowedSigners parse(Path file, String text) {
    List<AllowedSigner> signers = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      String place = "%s:%d".formatted(file, ++number);
      try {
        AllowedSignerLine.read(line, place, ZoneId.systemDefault()).ifPresent(signers::add);
      } catch (SshFormatException e) {
        problems.add("%s: the line %s".formatted(place, e.getMessage()));
      }
    }
    if (signers.isEmpty() && problems.isEmpty()) {
      problems.add(file + ": names no signer, so no commit could be adopted");
    }
    int shown = Math.min(problems.size(), Limits.PROBLEMS);
    return new AllowedSigners(file, signers, List.copyOf(problems.subList(0, shown)));
  }

  /** Why a signature by this key does not count at this time; empty if it does. */
  Optional<String> refusal(SshKey key, Instant time) {
    List<AllowedSigner> named = signers.stream().filter(one -> one.isFor(key)).toList();
    if (named.isEmpty()) {
      return Optional.of("is made by %s, which %s does not name".formatted(key, file));
    }
    List<AllowedSigner> valid = named.stream().filter(one -> one.outside(time).isEmpty()).toList();
    if (valid.isEmpty()) {
      String why = named.get(0).outside(time).orElse("");
      return Optional.of("is made by %s at %s; %s".formatted(key, time, why));
    }
    for (String principal : valid.get(0).principals().each()) {
      for (AllowedSigner one : valid) {
        if (one.principals().match(principal) && one.allows(NAMESPACE)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(
        "is made by %s, which %s does not allow to sign for the namespace 'git'"
            .formatted(key, valid.get(0).place()));
  }
}
