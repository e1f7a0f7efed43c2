package dev.chainloop.token.source;

import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.io.NamedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An organization that a command is told to work in, and where it is told so.
 *
 * @param name a label, as Chainloop's organizations have; empty if the text there is not a label
 * @param path the file that names it
 */
public record Organization(Optional<String> name, From from, Optional<Path> path) {
    public static final String VARIABLE = "CHAINLOOP_ORGANIZATION";

    /** Who names it. CLIs after v1.106.1 read the variable, and for attestations the repository's file. */
    public enum From implements Keyword {
        VARIABLE,
        REPOSITORY,
        CONFIG
    }

    private static final int MOST_BYTES = 64 << 10;

    /** Leaves out a text that is not a label, because it may be anything. */
    public Organization {
        name = name.isPresent() && Form.isLabel(name.get()) ? name : Optional.empty();
    }

    public String where() {
        return switch (from) {
            case VARIABLE -> "$" + VARIABLE;
            case REPOSITORY -> path.orElseThrow().getFileName().toString();
            case CONFIG -> "config file";
        };
    }

    /** The organization that a file names; empty if the file cannot be read, as in the CLI, or lies outside the repository. */
    static Optional<Organization> of(Path file, Path root) {
        try {
            // A link may lead to a file that blocks for ever when it is read, such as /proc/kmsg.
            boolean within = file.toRealPath().startsWith(root.toRealPath());
            byte[] bytes = within ? NamedFile.read(file, MOST_BYTES) : new byte[0];
            String text = bytes.length > MOST_BYTES ? "" : new String(bytes, StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> line.startsWith("organization:") && !line.matches("organization:\\s*(#.*)?"))
                    .findFirst()
                    .map(line -> new Organization(name(line), From.REPOSITORY, Optional.of(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * A name, plain or in quotes, with a comment; YAML has more forms, which nobody needs for a label. Without a pattern, because
     * each start with an organization would compile it.
     */
    private static Optional<String> name(String line) {
        String value = line.substring("organization:".length());
        int comment = value.indexOf('#');
        boolean apart = comment > 0 && Character.isWhitespace(value.charAt(comment - 1));
        String word = (apart ? value.substring(0, comment) : value).strip();
        boolean quoted = word.length() > 1 && (word.startsWith("'") || word.startsWith("\""));
        String name = quoted && word.endsWith(word.substring(0, 1)) ? word.substring(1, word.length() - 1) : word;
        boolean blank = !value.isEmpty() && Character.isWhitespace(value.charAt(0));
        return blank ? Optional.of(name) : Optional.empty();
    }
}
