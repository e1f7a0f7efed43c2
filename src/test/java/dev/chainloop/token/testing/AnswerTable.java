package dev.chainloop.token.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the tool answers in many worlds, without the layout: a file {@code src/test/answers/NAME.txt} of rows, such as
 *
 * <pre>
 * # The account of the variable's user token was deleted
 * // A login creates the account again; the variable must go first, since it would win.
 * env: CHAINLOOP_TOKEN=&#64;USER&#64;
 * stdin: ERR user not found
 * says: user not found (user-not-found)
 * not visible here: Only the server knows its accounts.
 *   Log in:
 *     chainloop auth login
 * </pre>
 *
 * A row has its title; a reason for the answer; the command, which explains a log where it is left out; the world, each
 * line behind the name of its part of a {@link GoldenCase}, where {@code config} is the CLI's config file and {@code \n}
 * in a file a line end; and the answer, as {@link Answers} writes it.
 */
public final class AnswerTable {
    private static final Path ROOT = Path.of("src/test/answers");
    private static final String LOG = "$ chainloop-token explain   # exit 0";
    private static final String CONFIG = "~/.config/chainloop/config.toml";
    private static final Pattern PART = Pattern.compile(
            "(?<name>(?<lines>env|machine|stdin)|(?:config|~/.+?)(?<mode>(?: mode [0-7]+)?)):(?<text>(?: .*)?)");

    private final Path file;
    private final String comment;
    private final List<Row> rows;

    private AnswerTable(Path file) throws IOException {
        this.file = file;
        String[] blocks = Files.readString(file).split("\n\n(?=# )");
        comment = blocks[0];
        rows = Stream.of(blocks).skip(1).map(Row::of).toList();
    }

    public static AnswerTable named(String name) throws IOException {
        return new AnswerTable(ROOT.resolve(name + ".txt"));
    }

    /** The command and the world of each row. */
    public List<GoldenCase> cases() {
        return rows.stream().map(Row::golden).toList();
    }

    /** Compares the answers of all rows with the table; each row's home is a folder of its own in this one. */
    public void check(Path folder, Reader reader) throws Exception {
        Answers answers = new Answers();
        List<String> table = new ArrayList<>(List.of(comment));
        Path homes = GoldenCase.opened(folder);
        for (Row row : rows) {
            Path home = GoldenCase.homeIn(Files.createTempDirectory(homes, ""));
            CliRun.Result result = row.golden().play(AnswerTable::inJson, home);
            reader.read(row.golden(), result.out());
            table.addAll(row.world(result.status()));
            JsonNode json = Payload.read(result.out().replace(home.toString(), "@HOME@"));
            table.addAll(answers.lines(row.title(), json, result.err().replace(home.toString(), "@HOME@")));
        }
        Golden.check(file, String.join("\n", table) + "\n");
    }

    /** What else looks at each answer. */
    @FunctionalInterface
    public interface Reader {
        void read(GoldenCase golden, String json);
    }

    private static CliRun.Result inJson(
            Path home, Map<String, String> variables, String machine, String stdin, List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("-o", "json"));
        return GoldenCase.inProcess(home, variables, machine, stdin, all);
    }

    /** A row of the table, as it stands there. */
    private record Row(String title, List<String> reasons, List<String> setup, GoldenCase golden) {
        static Row of(String block) {
            List<String> lines = block.lines().toList();
            String title = lines.get(0).substring(2);
            String command = LOG;
            List<String> reasons = new ArrayList<>();
            List<String> setup = new ArrayList<>();
            Map<String, String> texts = new LinkedHashMap<>();
            for (String line : lines.subList(1, lines.size())) {
                Matcher part = PART.matcher(line);
                if (line.startsWith("$ ")) {
                    command = line;
                } else if (line.startsWith("// ")) {
                    reasons.add(line);
                } else if (part.matches()) {
                    setup.add(line);
                    String text = part.group("text").isEmpty()
                            ? ""
                            : part.group("text").substring(1) + "\n";
                    if (part.group("lines") == null) {
                        texts.put(
                                line.startsWith("~") ? part.group("name") : CONFIG + part.group("mode"),
                                text.replace("\\n", "\n"));
                    } else {
                        texts.merge(part.group("lines"), text, String::concat);
                    }
                }
            }
            return new Row(title, reasons, setup, new GoldenCase(title, new Txtar(command + "\n", texts)));
        }

        List<String> world(int status) {
            List<String> lines = new ArrayList<>(List.of("", "# " + title));
            lines.addAll(reasons);
            String command = golden.commandLine(status);
            if (!command.equals(LOG)) {
                lines.add(command);
            }
            lines.addAll(setup);
            return lines;
        }
    }
}
