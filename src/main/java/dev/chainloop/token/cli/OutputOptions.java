package dev.chainloop.token.cli;

import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.Palette;
import dev.chainloop.token.render.View;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that say what an answer looks like, for every command. */
final class OutputOptions {
    private static final List<String> WHEN = List.of("auto", "always", "never");

    private final EnumSet<OutputFormat> formats;
    private final OptionSpec output;
    private final OptionSpec redact = Option.named("--redact")
            .flag("For pasting in public: no header, no claims, no ids, ~ for the home folder.");
    private final OptionSpec color = Option.named("--color")
            .choice("WHEN", WHEN, "auto, always or never; without it NO_COLOR, CLICOLOR_FORCE and FORCE_COLOR count.");
    private boolean redactable;

    private OutputOptions(EnumSet<OutputFormat> formats) {
        this.formats = formats;
        this.output = Option.named("-o", "--output").choice("FORMAT", wordList(), words() + ".");
    }

    static OutputOptions ofEveryFormat() {
        return new OutputOptions(EnumSet.allOf(OutputFormat.class));
    }

    static OutputOptions ofTextAndJson() {
        return new OutputOptions(EnumSet.of(OutputFormat.TEXT, OutputFormat.JSON));
    }

    /** With the option that makes the answer fit for the public. */
    OutputOptions withRedact() {
        redactable = true;
        return this;
    }

    void addTo(CommandSpec spec) {
        spec.addOption(output).addOption(color);
        if (redactable) {
            spec.addOption(redact);
        }
    }

    /** The options, for the help. */
    List<OptionSpec> options() {
        return redactable ? List.of(output, color, redact) : List.of(output, color);
    }

    OutputFormat format() throws UsageException {
        @Nullable String word = output.getValue();
        if (word == null) {
            return OutputFormat.TEXT;
        }
        Optional<OutputFormat> format = OutputFormat.ofWord(word);
        if (format.isEmpty() || !formats.contains(format.get())) {
            throw new UsageException("--output knows " + words() + Nearest.hint(word, wordList()));
        }
        return format.get();
    }

    private List<String> wordList() {
        List<String> words = new ArrayList<>();
        for (OutputFormat format : formats) {
            words.add(format.word());
        }
        return words;
    }

    private String words() {
        StringBuilder words = new StringBuilder();
        int left = formats.size();
        for (OutputFormat format : formats) {
            left--;
            words.append(format.word()).append(left > 1 ? ", " : left == 1 ? " or " : "");
        }
        return words.toString();
    }

    /** Whether JSON was asked for, whatever else is wrong with the command line. */
    boolean wantsJson() {
        return "json".equals(output.getValue());
    }

    boolean redacts() {
        return Option.isSet(redact);
    }

    View view(World world) throws UsageException {
        return new View(world.environment().home(), redacts(), isColored(world) ? Palette.COLOR : Palette.PLAIN);
    }

    private boolean isColored(World world) throws UsageException {
        @Nullable String when = color.getValue();
        if (when == null) {
            return isColoredByEnvironment(world);
        }
        return switch (when) {
            case "always" -> true;
            case "never" -> false;
            case "auto" -> isColoredByEnvironment(world);
            default -> throw new UsageException("--color knows auto, always and never" + Nearest.hint(when, WHEN));
        };
    }

    private static boolean isColoredByEnvironment(World world) {
        if (world.environment().isSet("NO_COLOR")) {
            return false;
        }
        if (isForced(world, "CLICOLOR_FORCE") || isForced(world, "FORCE_COLOR")) {
            return true;
        }
        return !world.environment().get("TERM").equals(Optional.of("dumb"))
                && world.outKind().isTerminal();
    }

    private static boolean isForced(World world, String variable) {
        String value = world.environment().get(variable).orElse("");
        return !value.isEmpty() && !value.equals("0") && !value.equals("false");
    }
}
