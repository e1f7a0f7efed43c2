package dev.chainloop.token.explain;

import dev.chainloop.token.core.Form;
import dev.chainloop.token.explain.LogLines.Level;
import dev.chainloop.token.explain.LogLines.Line;
import dev.chainloop.token.source.Surroundings.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text of several lines says besides its message: which command failed, what its step had, and who spoke last. Only words
 * of the Chainloop CLI, labels, and lines without anything that may be a secret leave it; nothing of it becomes part of a command.
 *
 * @param verbs the words of the last Chainloop command above the message; empty if none is shown
 * @param named the values of its {@code --org}, {@code --project} and {@code --workflow} that are labels, by the option's name
 * @param given whether it has the option {@code --token}
 * @param variable what its step had of the variable
 * @param called whether the job is one of a called workflow
 * @param other the error of another program that ran after Chainloop's own commands had gone well; blank if it is not shown
 * @param old whether a CLI before v1.89.7 names its version
 */
record LogFacts(
        Optional<String> verbs,
        Map<String, String> named,
        boolean given,
        Shown variable,
        boolean called,
        Optional<String> other,
        boolean old) {

    /** What the log shows of {@code CHAINLOOP_TOKEN} in the step of the command. */
    enum Shown {
        /** Nothing. */
        UNSEEN,
        /** It is not one of the step's variables, which GitHub lists, if there are any. */
        NOT_LISTED,
        EMPTY,
        MASKED,
        SET
    }

    /** The commands of the CLI v1.106.1, and the aliases that people use. */
    private static final Set<String> WORDS =
            Set.of(("add att wf api-token apply artifact attestation auth available cas-backend"
                            + " config contract create delete describe discover download init install integration invitation list"
                            + " login member organization org plugin policy push registered reset revoke run save set status update"
                            + " upload verify version view workflow workflow-run")
                    .split(" "));

    /** A command as a shell, GitHub or GitLab shows it; the first group is what stands before it. */
    private static final Pattern COMMAND = Pattern.compile(
            "(?:\\S{0,40}\\d:\\d\\d\\S{0,20} +(?:\\d\\d[OE][ +])?)?([$+] |##\\[group\\]Run |)(?:.{1,200}(?:;|&&) (?=chainloop ))?"
                    + "(?:[A-Z_]+=\\S{0,200} )?(?:\\S{0,200}/)?(\\S{1,40})(?: |$)");

    private static final Pattern NAMED = Pattern.compile(" --(org|project|workflow)[ =]([a-z0-9-]{1,63})(?= |$)");
    private static final Pattern ROW = Pattern.compile("^(.{0,60}? )([A-Za-z_][A-Za-z0-9_]*): ?(.*)$");
    private static final Pattern CALLED =
            Pattern.compile("(?m)Uses: \\S{1,200}/\\.github/workflows/|^Complete job name: \\S.{0,100} / \\S");
    private static final Pattern VERSION = Pattern.compile("(?i)chainloop\\D{0,20}v1\\.(\\d{1,3})\\.(\\d{1,3})\\b");

    /** How other programs begin their errors. */
    private static final Pattern ERROR = Pattern.compile(
            "(?:^|[ :])(Error response from daemon|denied: |unauthorized: |npm (?:ERR!|error)|fatal: |[Ee]rror: |\\[?ERROR)");

    static final Pattern TIME = Pattern.compile("(?m)^.{0,40}\\d:\\d\\d");

    static final Pattern ROLE = Pattern.compile("[ (]role=([a-z]{2,20}(?::[a-z-]{2,20}){0,2})(?![\\w:])");

    /** Which organization a file names, as newer CLIs say it. */
    static final Pattern CONFIGURED =
            Pattern.compile("but \"([a-z0-9-]{1,63})\" is configured in (\\.chainloop\\.ya?ml)");

    /** The host on which Ansible's task failed, one that DNS does not know, or one that refuses. */
    static final Pattern HOST = Pattern.compile("(?:fatal: \\[|lookup |dial tcp )([\\w.:\\[\\]-]{1,260}?)"
            + "(?:]: FAILED!|(?: on \\S{1,100})?: no such host|: (?:connect: )?connection refused)");

    /** How a line of systemd's journal begins. */
    static final Pattern JOURNAL =
            Pattern.compile("^[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d [\\w.-]{1,100} [^ ]{1,100}\\[\\d{1,9}\\]: ");

    /** A word that cannot be a secret: of letters only, or short. */
    private static final Pattern PLAIN =
            Pattern.compile("[\"'`(\\[]?[\\p{L}-]{1,20}[\"'`)\\].,:;!]{0,3}|\\p{Nd}{1,3}|\\W{1,3}");

    /** In seconds: what lies further apart is no matter of a clock. */
    static final long DAY = 86_400;

    private static final int LONGEST = 160;

    static LogFacts of(String text, List<Line> lines, Optional<Line> message) {
        int end = message.isPresent() ? message.get().number() : lines.size() - 1;
        int command = -1;
        int later = -1;
        int report = -1;
        String words = "";
        for (int number = 0; number < lines.size(); number++) {
            String line = lines.get(number).text();
            report = line.contains("INF ") ? number : report;
            Matcher found = COMMAND.matcher(line);
            if (!found.lookingAt()) {
                continue;
            }
            String rest = line.substring(found.end()).strip();
            boolean chainloop = found.group(2).matches("chainloop(?:\\.exe)?")
                    && !verbs(rest).isEmpty();
            if (chainloop && number <= end) {
                command = number;
                words = rest;
                later = -1;
            } else if (!chainloop
                    && command >= 0
                    && (!found.group(1).isEmpty() // CircleCI shows a command below a shebang.
                            || lines.get(number - 1).text().startsWith("#!/"))) {
                later = later < 0 ? number : later;
            }
        }
        // A script's commands may be shown at its head only: then Chainloop's last report ends them, if an error is
        // shown behind it.
        boolean shown = later > command;
        int after = shown ? later : report;
        Optional<String> other = command >= 0 && after > command ? other(lines, command, after) : Optional.empty();
        String all = command < 0 ? "" : " " + words + " ";
        Map<String, String> named = new HashMap<>();
        NAMED.matcher(all).results().forEach(one -> named.put(one.group(1), one.group(2)));
        named.values().removeIf(name -> !Form.isLabel(name));
        return new LogFacts(
                command < 0 ? Optional.empty() : Optional.of(verbs(words)),
                named,
                all.matches("(?s).* (?:--token|-t)[ =].*"),
                shown(lines, command, later > command ? later : lines.size()),
                CALLED.matcher(text).find(),
                other.filter(error -> shown || !error.isEmpty()),
                isOld(VERSION.matcher(text)));
    }

    private static boolean isOld(Matcher version) {
        int minor = version.find() ? Integer.parseInt(version.group(1)) : Integer.MAX_VALUE;
        return minor < 89 || (minor == 89 && Integer.parseInt(version.group(2)) < 7);
    }

    /** The first words of a command that are words of the CLI, behind options; empty if there are none. */
    private static String verbs(String command) {
        StringBuilder verbs = new StringBuilder();
        boolean option = false;
        for (String word : command.split(" +", -1)) {
            boolean known = WORDS.contains(word);
            if (known) {
                verbs.append(verbs.isEmpty() ? "" : " ").append(word);
            } else if (!verbs.isEmpty() || !(option || word.startsWith("-"))) {
                break;
            }
            option = !known && word.startsWith("-") && !word.contains("=");
        }
        return verbs.toString();
    }

    /** From the list that GitHub shows below a command, or any line like it. */
    private static Shown shown(List<Line> lines, int command, int to) {
        Shown variable = Shown.UNSEEN;
        boolean list = false;
        boolean group = command >= 0;
        for (int number = Math.max(command, 0); number < to; number++) {
            String line = lines.get(number).text();
            boolean end = line.contains("##[endgroup]");
            list = (list || line.endsWith("env:")) && !end;
            // The command's own group ends.
            variable = end && group ? Shown.NOT_LISTED : variable;
            group &= !end && (number == command || !line.contains("##[group]"));
            Matcher row = ROW.matcher(" " + line);
            if (!row.find() || line.contains("##[")) {
                continue;
            }
            boolean deeper = number + 1 < lines.size()
                    && lines.get(number + 1).text().startsWith(row.group(1).substring(1) + " ");
            String value = row.group(3).strip();
            if (row.group(2).equals("CHAINLOOP_TOKEN") && !(value.isEmpty() && deeper)) {
                boolean masked = value.matches("\\*{3,}|\\[.{1,20}]|<.{1,20}>");
                return value.isEmpty() ? Shown.EMPTY : masked ? Shown.MASKED : Shown.SET;
            }
            variable = list && !value.isEmpty() ? Shown.NOT_LISTED : variable;
        }
        return variable;
    }

    /** The last error behind another program's command, if no error stands before that command; blank if it has no words. */
    private static Optional<String> other(List<Line> lines, int command, int later) {
        for (int number = command; number < later; number++) {
            Line line = lines.get(number);
            if (line.level() == Level.ERROR || LogLines.isConsequence(line)) {
                return Optional.empty();
            }
        }
        boolean failed = false;
        for (int number = lines.size() - 1; number > later; number--) {
            String line = lines.get(number).text();
            Matcher error = ERROR.matcher(line);
            if (lines.get(number).own()) {
                return Optional.empty();
            }
            if (LogLines.isConsequence(lines.get(number))) {
                failed = true;
            } else if (error.find()) {
                return Optional.of(shown(line.substring(error.start(1))));
            }
        }
        return failed ? Optional.of("") : Optional.empty();
    }

    /** A line as it may be shown: each word that may be a secret is left out. */
    static String shown(String line) {
        StringBuilder shown = new StringBuilder();
        for (String word : line.strip().split(" +", -1)) {
            if (shown.length() > LONGEST) {
                return shown + " …";
            }
            shown.append(shown.isEmpty() ? "" : " ").append(PLAIN.matcher(word).matches() ? word : "…");
        }
        return shown.toString();
    }

    /** What a plan for a step that sent no token may know of the variable. */
    Variable known() {
        boolean unset = variable == Shown.NOT_LISTED && !given && !called && isOfAttestation();
        return variable == Shown.EMPTY ? Variable.EMPTY : unset ? Variable.UNSET : Variable.UNSEEN;
    }

    boolean isOfAttestation() {
        return verbs.isEmpty() || verbs.get().startsWith("att");
    }
}
