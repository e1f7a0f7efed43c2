package dev.chainloop.token.testing;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A stand-in for the Chainloop CLI in a home folder's {@code bin}: {@code stand-in-cli.sh}. */
public final class StandInCli {
    private final Path bin;

    /** One that does what a shell script says when it is asked about a token. */
    public StandInCli(Path home, String client, String server, String script) throws IOException {
        bin = Files.createDirectories(home.resolve("bin"));
        Files.deleteIfExists(bin.resolve("log"));
        Files.copy(Path.of("src/test/resources/stand-in-cli.sh"), program(), REPLACE_EXISTING, COPY_ATTRIBUTES);
        Files.writeString(bin.resolve("versions"), "{\"client\":\"" + client + "\",\"server\":\"" + server + "\"}");
        Files.writeString(bin.resolve("says"), script);
    }

    /** A script that prints some lines: of an error, on stderr and with status 1. */
    public static String saying(String lines) {
        String print = "printf '%s\\n' " + Program.quoted(lines);
        return lines.startsWith("ERR") || lines.startsWith("WRN") ? print + " >&2; exit 1" : print;
    }

    public Path program() {
        return bin.resolve("chainloop");
    }

    /** Each start: its arguments, the Chainloop variables that it got, and the content of its config file. */
    public String started() throws IOException {
        return Files.exists(bin.resolve("log")) ? Files.readString(bin.resolve("log")) : "";
    }

    static String path(Path home) {
        return "bin:" + home.resolve("bin") + ":/usr/bin:/bin";
    }

    /** The PATH on which it is, after a folder that is not absolute. */
    public Map<String, String> variables() {
        return Map.of("PATH", path(bin.getParent()));
    }
}
