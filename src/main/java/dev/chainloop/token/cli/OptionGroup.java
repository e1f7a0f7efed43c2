package dev.chainloop.token.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Options that the help and the manual show together; made only when one of them is asked for. */
record OptionGroup(String heading, List<OptionSpec> options) {
    /** The options that say which token is meant. */
    static OptionGroup ofToken(SourceOptions source, OptionSpec... more) {
        return of("Which token", source.options(), more);
    }

    /** The options that say which key judges the signature. */
    static OptionGroup ofKey(KeyOptions key) {
        return new OptionGroup("Key", key.options());
    }

    /** The options that say what the answer looks like. */
    static OptionGroup ofOutput(OutputOptions output, OptionSpec... more) {
        return of("Output", output.options(), more);
    }

    private static OptionGroup of(String heading, List<OptionSpec> first, OptionSpec... more) {
        List<OptionSpec> options = new ArrayList<>(first);
        options.addAll(Arrays.asList(more));
        return new OptionGroup(heading, options);
    }
}
