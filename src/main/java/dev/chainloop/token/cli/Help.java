package dev.chainloop.token.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help of a subcommand, laid out by picocli. */
final class Help {
    private static final int WORD_WIDTH = 10;

    private Help() {}

    static String of(Invocation invocation) {
        UsageMessageSpec usage = invocation.spec().usageMessage();
        usage.width(80)
                .abbreviateSynopsis(true)
                .synopsisHeading("Usage: ")
                .sortOptions(false)
                .parameterListHeading("%nArguments:%n")
                .optionListHeading("%nOptions:%n")
                .exitCodeListHeading("%nExit status:%n")
                .exitCodeList(exitCodes())
                .footerHeading("%nExamples:%n")
                .footer(indented(invocation.command().examples()));
        Subcommand subcommand = invocation.named().orElse(Subcommand.INSPECT);
        List<String> description = new ArrayList<>(List.of(subcommand.summary()));
        if (invocation.named().isEmpty()) {
            usage.customSynopsis("chainloop-token [COMMAND] [OPTIONS] [TOKEN | -]");
            description.add("");
            description.add("Commands (without one: inspect):");
            for (Subcommand one : Subcommand.values()) {
                description.add(
                        "  " + one.word() + " ".repeat(WORD_WIDTH - one.word().length()) + one.summary());
            }
        }
        usage.description(description.toArray(new String[0]));
        return new CommandLine(invocation.spec()).getUsageMessage(Ansi.OFF);
    }

    private static String[] indented(List<String> lines) {
        List<String> indented = new ArrayList<>();
        for (String line : lines) {
            indented.add("  " + line);
        }
        return indented.toArray(new String[0]);
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(" " + code.status(), code.meaning());
        }
        return codes;
    }
}
