package dev.chainloop.token.cli.doc;

import dev.chainloop.token.cli.option.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command as its documents describe it.
 *
 * @param word its name behind the tool's; empty for the tool without a command
 * @param summary what it does, in a sentence
 * @param parameters what it takes
 * @param examples command lines, with a remark each or without
 * @param exits its exit statuses, and what they mean
 */
public record CommandModel(
        String word, String summary, Parameters parameters, List<String> examples, Map<Integer, String> exits) {
    private static final String TOOL = "chainloop-token";

    boolean isTool() {
        return word.isEmpty();
    }

    /** The words that run it. */
    String name() {
        return isTool() ? TOOL : TOOL + " " + word;
    }

    /** What value an option or argument takes. */
    record Value(String label, List<String> words, boolean many, boolean file) {
        static Value of(ArgSpec argument) {
            List<String> words = new ArrayList<>();
            if (argument.completionCandidates() != null) {
                argument.completionCandidates().forEach(words::add);
            }
            String label = argument.paramLabel();
            boolean many = label.contains("[,");
            return new Value(
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
}
