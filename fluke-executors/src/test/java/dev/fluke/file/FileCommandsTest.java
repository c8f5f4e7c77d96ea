package dev.fluke.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.Secret;
import org.junit.jupiter.api.Test;

class FileCommandsTest {
  private static final Content TEXT = Content.of("new".getBytes(UTF_8));

  private static FileState found(String printed) {
    return FileState.of(CommandResult.exited(0).withStdout(printed));
  }

  private static FileCommands commands(FileOptions options) {
    return new FileCommands(FileDeclaration.of("/etc/motd", TEXT).options(options));
  }

  @Test
  void inspectsAndShowsUpToTheLimit() {
    Command inspect = commands(FileOptions.DEFAULTS).inspect();

    assertThat(inspect.revealEnv())
        .containsEntry("FILE", "/etc/motd")
        .containsEntry("SHA256", Content.sha256(TEXT.bytes()))
        .containsEntry("SHOW", "65536");
    assertThat(inspect.runAs()).isEmpty();
  }

  @Test
  void fetchesNothingOfASecretOrOfWhatMustBeAbsent() {
    FileDeclaration secret = FileDeclaration.of("/f", Content.of(Secret.of("canary")));

    assertThat(new FileCommands(secret).inspect().revealEnv()).containsEntry("SHOW", "-1");
    assertThat(new FileCommands(FileDeclaration.of("/f", null)).inspect().revealEnv())
        .containsEntry("SHOW", "-1")
        .containsEntry("SHA256", "");
  }

  @Test
  void givesANewFileItsDefaults() {
    FileState missing = found("missing\n");

    assertThat(commands(FileOptions.DEFAULTS).replace(missing, TEXT).revealEnv())
        .containsEntry("MODE", "0644")
        .containsEntry("OWNER", "")
        .containsEntry("SIZE", "3")
        .containsEntry("GROUP", "")
        .containsEntry("SECRET", "")
        .containsEntry("PARENTS", "")
        .containsEntry("REPLACE", "file");
  }

  @Test
  void keepsModeAndOwnerOfAnExistingFile() {
    FileState file = found("file\n2750:7:8:1:0:0::user:group:1\nhash\n");

    assertThat(commands(FileOptions.DEFAULTS).replace(file, TEXT).revealEnv())
        .containsEntry("MODE", "2750")
        .containsEntry("OWNER", "7")
        .containsEntry("GROUP", "8");
  }

  @Test
  void setsOnlyWhatDiffers() {
    FileState file = found("file\n2750:7:8:1:0:0::user:group:1\nhash\n");
    FileAttributes wanted = FileAttributes.UNMANAGED.mode("2750").owner("user").group("9");

    assertThat(commands(FileOptions.DEFAULTS.attributes(wanted)).setAttributes(file).revealEnv())
        .containsEntry("MODE", "")
        .containsEntry("OWNER", "")
        .containsEntry("GROUP", "9");
  }

  @Test
  void keepsNothingOfWhatOthersCouldHaveChosenForASecret() {
    FileState file = found("file\n644:7:8:1:0:0::user:group:1\nhash\n");

    assertThat(commands(FileOptions.DEFAULTS).replace(file, TEXT.hidden()).revealEnv())
        .containsEntry("MODE", "0600")
        .containsEntry("OWNER", "")
        .containsEntry("GROUP", "")
        .containsEntry("SECRET", "yes");
  }

  @Test
  void keepsNoRightToRunAsTheOwnerWhereOthersCanWrite() {
    FileState file = found("file\n4755:0:0:1:0:0:shared:user:group:1\nother\n");

    assertThat(commands(FileOptions.DEFAULTS).replace(file, TEXT).revealEnv())
        .containsEntry("MODE", "0755");
  }

  @Test
  void looksUpNamesOnly() {
    FileAttributes attributes = FileAttributes.UNMANAGED.owner("7").group("adm");

    assertThat(commands(FileOptions.DEFAULTS.attributes(attributes)).inspect().revealEnv())
        .containsEntry("OWNER", "")
        .containsEntry("GROUP", "adm");
  }

  @Test
  void prefersWhatIsDeclared() {
    FileAttributes attributes = FileAttributes.UNMANAGED.mode("0600").group("adm");
    FileOptions options = FileOptions.DEFAULTS.attributes(attributes).withParents().runAs("app");
    Command replace = commands(options).replace(found("file\n750:7:8:1:0:0::u:g:1\nhash\n"), TEXT);

    assertThat(replace.revealEnv())
        .containsEntry("MODE", "0600")
        .containsEntry("OWNER", "7")
        .containsEntry("GROUP", "adm")
        .containsEntry("PARENTS", "yes");
    assertThat(replace.runAs()).contains("app");
    assertThat(replace.revealStdin()).isEqualTo(TEXT.bytes());
  }

  @Test
  void tellsTheHostWhatMayGo() {
    FileOptions may = FileOptions.DEFAULTS.replacing(Replaceable.DIRECTORY);

    assertThat(commands(may).remove().revealEnv()).containsEntry("REPLACE", "directory");
    assertThat(commands(may).replace(found("missing\n"), TEXT).revealEnv())
        .containsEntry("REPLACE", "directory");
    assertThat(commands(FileOptions.DEFAULTS).remove().revealEnv())
        .containsEntry("REPLACE", "file");
  }
}
