package dev.chainloop.token.cli;

import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.Palette;
import dev.chainloop.token.render.View;
import java.util.EnumSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that say what an answer looks like, for every command. */
final class OutputOptions {
    private final EnumSet<OutputFormat> formats;
    private final OptionSpec output;
    private final OptionSpec redact = OptionSpec.builder("--redact")
            .type(boolean.class)
            .description("For pasting in public: no header, no claims, no ids, ~ for the home folder.")
            .build();
    private final OptionSpec color = OptionSpec.builder("--color")
            .type(String.class)
            .paramLabel("WHEN")
            .description("auto, always or never; without it NO_COLOR, CLICOLOR_FORCE and FORCE_COLOR count.")
            .build();
    private boolean redactable;

    private OutputOptions(EnumSet<OutputFormat> formats) {
        this.formats = formats;
        this.output = OptionSpec.builder("-o", "--output")
                .type(String.class)
                .paramLabel("FORMAT")
                .description(words() + ".")
                .build();
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

    OutputFormat format() throws UsageException {
        @Nullable String word = output.getValue();
        if (word == null) {
            return OutputFormat.TEXT;
        }
        Optional<OutputFormat> format = OutputFormat.ofWord(word);
        if (format.isEmpty() || !formats.contains(format.get())) {
            throw new UsageException("--output knows " + words());
        }
        return format.get();
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
        return Boolean.TRUE.equals(redact.getValue());
    }

    View view(World world) throws UsageException {
        return new View(world.environment().home(), redacts(), isColored(world) ? Palette.COLOR : Palette.PLAIN);
    }

    private boolean isColored(World world) throws UsageException {
        @Nullable String when = color.getValue();
        return switch (when == null ? "auto" : when) {
            case "always" -> true;
            case "never" -> false;
            case "auto" -> isColoredByEnvironment(world);
            default -> throw new UsageException("--color knows auto, always and never");
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
