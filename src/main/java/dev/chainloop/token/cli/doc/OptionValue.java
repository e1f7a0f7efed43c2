package dev.chainloop.token.cli.doc;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What value an option takes, according to its model. */
record OptionValue(String label, List<String> words, boolean many, boolean file) {
    static OptionValue of(ArgSpec argument) {
        List<String> words = new ArrayList<>();
        if (argument.completionCandidates() != null) {
            argument.completionCandidates().forEach(words::add);
        }
        String label = argument.paramLabel();
        boolean many = label.contains("[,");
        return new OptionValue(
                many ? label.substring(0, label.indexOf("[,")) : label, words, many, label.startsWith("FILE"));
    }

    static boolean takesOne(OptionSpec option) {
        return option.arity().max() > 0;
    }

    /** What an option does, short enough to fit beside it: the first sentence of its description. */
    static String summary(ArgSpec argument) {
        String text = argument.description()[0];
        int end = text.indexOf(". ");
        String first = end < 0 ? text : text.substring(0, end);
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }
}
