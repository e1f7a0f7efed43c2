package dev.chainloop.token.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A new root file system of this machine's Debian or Ubuntu, without anything that the package under test does
 * not recommend. Commands run in it as root, or as its one user, {@code ann}.
 */
public final class CleanRoot implements AutoCloseable {
    /** Uses this machine's mirror and its settings. */
    private static final String MAKE = """
            set -eu
            . /etc/os-release
            apt-config dump Acquire --format '%F "%v";%n' |
                grep -E '^Acquire::(Check|Retries|[Hh]ttps?::)' >"$1/apt" || :
            mirror=$(apt-get indextargets --format '$(REPO_URI)' "Codename: $VERSION_CODENAME" 'Created-By: Packages' |
                grep '^http' | head -n 1)
            timeout 300 mmdebstrap --quiet --variant=minbase --include=bash-completion,man-db --aptopt="$1/apt" \\
                "$VERSION_CODENAME" "$1/root" $mirror
            # man-db brings its cache into shape whenever something is installed.
            chroot "$1/root" useradd -m -s /bin/bash ann
            chroot "$1/root" dpkg-trigger --by-package=man-db /usr/share/man
            chroot "$1/root" dpkg --triggers-only man-db
            """;

    private final Path folder;
    private final Path root;

    private CleanRoot(Path folder) {
        this.folder = folder;
        root = folder.resolve("root");
    }

    /** Makes one, or skips the test and says why there is none. */
    public static CleanRoot make() throws IOException, InterruptedException {
        Program.require("mmdebstrap", "apt-get", "unshare", "chroot");
        LauncherRun.skipUnless(Program.run("id", "-u").equals("0\n"), "only root can make a Debian root");
        LauncherRun.skipUnless(
                Program.run("unshare", "--mount", "--pid", "--fork", "--mount-proc", "true")
                        .isEmpty(),
                "this machine lets nobody mount /proc");
        CleanRoot made = new CleanRoot(Files.createTempDirectory("clean-root"));
        String said = Program.run("sh", "-c", MAKE + "echo made", "-", made.folder.toString());
        if (!said.endsWith("made\n")) {
            made.close();
        }
        LauncherRun.skipUnless(said.endsWith("made\n"), "no Debian root can be had: " + said);
        return made;
    }

    public Path resolve(String path) {
        return root.resolve(path.substring(1));
    }

    /** What a command prints when root runs it, on stdout and stderr. */
    public String asRoot(Map<String, String> variables, String command) throws IOException, InterruptedException {
        return run("/root", variables, "sh", "-c", "cd; " + command);
    }

    public String asUser(Map<String, String> variables, String command) throws IOException, InterruptedException {
        return run("/home/ann", variables, "runuser", "-u", "ann", "--", "sh", "-c", "cd; " + command);
    }

    public Tmux terminal() throws IOException, InterruptedException {
        return new Tmux(folder, String.join(" ", entering("runuser", "-l", "ann")));
    }

    private String run(String home, Map<String, String> variables, String... command)
            throws IOException, InterruptedException {
        Map<String, String> all = new TreeMap<>(variables);
        all.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        all.put("HOME", home);
        all.putIfAbsent("LANG", "C.UTF-8");
        return Program.of(entering(command)).withOnly(all).merged().run().out();
    }

    private List<String> entering(String... command) {
        String enter = "timeout --foreground 120 unshare --mount --pid --fork --mount-proc=ROOT/proc chroot ROOT";
        List<String> all =
                new ArrayList<>(List.of(enter.replace("ROOT", root.toString()).split(" ", -1)));
        all.addAll(List.of(command));
        return all;
    }

    @Override
    public void close() throws IOException {
        try {
            Program.run("rm", "-rf", "--one-file-system", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
