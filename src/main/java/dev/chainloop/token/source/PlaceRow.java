package dev.chainloop.token.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is known of a {@link Place}, as its row is written. What a row does not say is empty. */
final class PlaceRow {
    /** Hands a shell's variable to a command over ssh, whose own input is no longer needed. */
    static final String OVER_SSH = """
            printf '%%s\\n' "$%s" | ssh HOST \\
              'read -r CHAINLOOP_TOKEN; export CHAINLOOP_TOKEN; COMMAND </dev/null'""";

    /** Words of a command of kubectl; of many commands in one line, each would read those that follow. */
    static final String WORDS = "(?:(?!kubectl )[^\n]){0,80}?";

    /** The command that makes a secret which seems to be the CLI's. */
    static final String MAKING_SECRET = "(?<!\\w)create secret generic (?=[^\n]{0,200}(?i:chainloop|token))"
            + "(?<secret>[a-z0-9][a-z0-9.-]{0,62}) [^\n]{0,200}?";

    /** Where a container's spec, in YAML or JSON, begins to say which key of which secret the variable has. */
    static final String KEY_OF_SECRET =
            "CHAINLOOP_TOKEN[\\s\",]{1,60}valueFrom\"?:[\\s{\"]{1,60}secretKeyRef\"?:[\\s{\"]{1,60}";

    /** How syslog and journald begin a line: with the time, and the host's name. */
    static final String SYSLOG = "(?m:^)(?:[A-Za-z][a-z]{2} [ \\d]\\d [\\d:]{8}"
            + "|\\d{4}-\\d\\d-\\d\\dT[\\d:.,]{8,18}(?:Z|[+-]\\d\\d:?\\d\\d)) (?<host>[\\w.-]{1,63}) ";

    /** What the runners of GitHub and Azure, which are of one origin, both write. */
    static final String OF_GITHUBS_RUNNER = "##\\[(end)?(group|error|warning|debug|command)\\]"
            + "|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z ";

    /** A variable with a value that a shell, a script or YAML shows; in a script it may be another variable's. */
    private static final String ASSIGNED = "(?<![\\w$.{%%:-])(?:%s)[\"']?(?:=|: ?)[\"']?(?!%s[$])";

    /** The rest of a variable's name, if that is none of what people set for the programs of a CI system. */
    private static final String REST = "(?!\\w{0,40}(?:TOKEN|KEY|SERVER|PASSWORD|SECRET|USERNAME)\\b)\\w{0,60}";

    /** Stands for any number in the value of a variable. */
    private static final String NUMBER = "#";

    final String title;
    final Kind kind;
    private List<String> variables = List.of();
    private boolean unattended;
    private String file = "";
    private String text = "";
    private String ancestor = "";
    private String home = "";
    private @Nullable Sign sign;
    private List<String> log = List.of();
    private String printed = "";
    private List<String> changes = List.of();
    String withheld = "";
    String unlikeShell = "";
    String changeIf = "";
    String changeDo = "";
    List<String> changeLines = List.of();
    List<String> perhapsLog = List.of();
    List<String> inside = List.of();
    List<String> calls = List.of();
    private String forkVariable = "";
    private String forkValue = "";
    private @Nullable Predicate<Environment> fork;
    String perhaps = "";
    String perhapsDo = "";
    List<String> perhapsLines = List.of();
    private String deniedBy = "";
    private String denial = "";
    private String leftToDo = "";
    String assignedIn = "";
    String configuration = "";
    List<String> reading = List.of();

    @Nullable
    PlaceName named;

    String namedBy = "";
    boolean away;
    boolean workspace;
    boolean hidden;
    String skipFork = "";
    List<String> skipForkLines = List.of();
    String kept = "CHAINLOOP_TOKEN";
    String keptForProject = "";
    String handIn = "Set CHAINLOOP_TOKEN to the token";
    List<String> handInLines = List.of();
    String settingIn = "where the command gets its variables";
    List<String> setting = List.of("NAME=VALUE");
    boolean ofKubernetes;
    boolean ofTerraform;
    boolean submitted;
    String storeFirst = "";
    String storeAgain = "";
    String storeAsking = "";
    String stored = "";
    String restart = "";
    String restartOwn = "";
    String rereading = "a restart is enough (a scheduled job's next run is one)";
    String anew = "";
    String enter = "";
    List<String> configHome = List.of();

    /** Who is there. */
    enum Kind {
        /** A job of a CI system. */
        CI,
        /** Whatever a machine runs while nobody is there. */
        MACHINE,
        /** A person, who can log in. */
        PERSON
    }

    private PlaceRow(String title, Kind kind) {
        this.title = title;
        this.kind = kind;
    }

    static PlaceRow ci(String title, String... variables) {
        return new PlaceRow(title, Kind.CI).variable(variables);
    }

    static PlaceRow machine(String title) {
        return new PlaceRow(title, Kind.MACHINE);
    }

    static PlaceRow person(String title) {
        PlaceRow row = new PlaceRow(title, Kind.PERSON).store("export CHAINLOOP_TOKEN=\"$token\"");
        row.stored = "printf %s \"$CHAINLOOP_TOKEN\"";
        return row;
    }

    /** Whether this is the place. */
    boolean isThe(Environment here) {
        return isTold(here) && !(unattended && here.machine().attended());
    }

    private boolean isTold(Environment here) {
        for (String variable : variables) {
            if (here.isOn(variable)) {
                return true;
            }
        }
        return (!file.isEmpty() && isByFile(here))
                || (!home.isEmpty() && here.get("HOME").equals(Optional.of(home)))
                || (!ancestor.isEmpty() && here.machine().ancestors().contains(ancestor))
                || (sign != null && sign.holds(here));
    }

    private boolean isByFile(Environment here) {
        return text.isEmpty()
                ? here.machine().exists(file)
                : here.machine().read(file).orElse("").contains(text);
    }

    /** Whether this runs for a change from a fork. */
    boolean isFork(Environment here) {
        return (here.isSet(forkVariable)
                        && (forkValue.isEmpty() || here.get(forkVariable).equals(Optional.of(forkValue))))
                || (fork != null && fork.test(here));
    }

    /** The variables that it is known by, any of them; some CI systems set theirs to {@code false} elsewhere. */
    PlaceRow variable(String... names) {
        this.variables = List.of(names);
        return this;
    }

    /** Only where nobody is at a terminal: a person's shell can have the variables of what started it. */
    PlaceRow unattended() {
        this.unattended = true;
        return this;
    }

    /** The file or folder that it is known by. */
    PlaceRow file(String path) {
        this.file = path;
        return this;
    }

    /** The file that it is known by, if that says so. */
    PlaceRow says(String path, String text) {
        this.file = path;
        this.text = text;
        return this;
    }

    /** The program that it is known by, since it started what runs there. */
    PlaceRow ancestor(String name) {
        this.ancestor = name;
        return this;
    }

    /** The home folder that it is known by. */
    PlaceRow home(String folder) {
        this.home = folder;
        return this;
    }

    /** What it is known by where a name does not do. */
    PlaceRow sign(Sign sign) {
        this.sign = sign;
        return this;
    }

    /** What only its logs have: regular expressions, whose groups have names of {@link PlaceName} in lower case. */
    PlaceRow log(String... marks) {
        this.log = List.of(marks);
        return this;
    }

    /**
     * How the names begin of the variables that only its jobs have, a regular expression; those that it is known by are
     * marks of its logs without that.
     */
    PlaceRow prints(String beginnings) {
        this.printed = beginnings;
        return this;
    }

    /** The marks of its logs, with the variables that a log prints. */
    List<String> logMarks() {
        List<String> marks = new ArrayList<>(log);
        if (kind == Kind.CI && !variables.isEmpty()) {
            marks.add(ASSIGNED.formatted(String.join("|", variables), "false\\b|") + "[^\\s\"']");
        }
        if (!printed.isEmpty()) {
            marks.add(ASSIGNED.formatted("(?:" + printed + ")" + REST, "") + "[^\\s\"']");
        }
        return marks;
    }

    /**
     * The variables that tell that a job runs for a change which is only proposed.
     *
     * @param withheld what such a job may not get, a clause
     * @param variables each as NAME=VALUE, where # is any number
     */
    PlaceRow changes(String withheld, String... variables) {
        this.withheld = withheld;
        this.changes = List.of(variables);
        return this;
    }

    /** Why what runs there lacks the variables that a person's shell has, a sentence. */
    PlaceRow unlikeShell(String sentence) {
        this.unlikeShell = sentence;
        return this;
    }

    /** What is done about that, under a condition; without this, what is done about forks. */
    PlaceRow forChange(String condition, String imperative, String... lines) {
        this.changeIf = condition;
        this.changeDo = imperative;
        this.changeLines = List.of(lines);
        return this;
    }

    /** What in its logs tells that a job ran for a proposed change. */
    List<String> changeMarks() {
        return changes.stream()
                .map(one -> one.split("=", 2))
                .map(pair ->
                        ASSIGNED.formatted(pair[0], "") + "(?<change>" + pair[1].replace(NUMBER, "\\d{1,9}") + ")\\b")
                .toList();
    }

    /** Whether this runs for a proposed change, and its own variables do not tell whether that is from a fork. */
    boolean isChange(Environment here) {
        return forkVariable.isEmpty()
                && fork == null
                && changes.stream()
                        .map(one -> one.split("=", 2))
                        .anyMatch(pair -> here.get(pair[0])
                                .filter(value -> pair[1].equals(NUMBER)
                                        ? !value.isEmpty() && Character.isDigit(value.charAt(0))
                                        : value.equals(pair[1]))
                                .isPresent());
    }

    /** What a program that jobs of other places run puts before each line of the CLI. */
    PlaceRow inside(String... marks) {
        this.inside = List.of(marks);
        return this;
    }

    /** The same of what others' logs may have, too. */
    PlaceRow perhapsLog(String... marks) {
        this.perhapsLog = List.of(marks);
        return this;
    }

    /** What names something in a log of the place, but may stand in any other log. */
    PlaceRow calls(String... marks) {
        this.calls = List.of(marks);
        return this;
    }

    /** The variable that tells that a job runs for a fork's change, by a value; any, if that is empty. */
    PlaceRow forks(String variable, String value) {
        this.forkVariable = variable;
        this.forkValue = value;
        return this;
    }

    PlaceRow forks(Predicate<Environment> fork) {
        this.fork = fork;
        return this;
    }

    PlaceRow skipFork(String sentence, String... lines) {
        this.skipFork = sentence;
        this.skipForkLines = List.of(lines);
        return this;
    }

    PlaceRow kept(String kept) {
        this.kept = kept;
        return this;
    }

    /** Where a token is kept that others are not to get, if what most use may be shared. */
    PlaceRow keptForProject(String kept) {
        this.keptForProject = kept;
        return this;
    }

    PlaceRow handIn(String sentence, String... lines) {
        this.handIn = sentence;
        this.handInLines = List.of(lines);
        this.workspace = kind == Kind.PERSON;
        return this;
    }

    /**
     * How any variable that is no secret is set.
     *
     * @param where a phrase that follows an imperative
     * @param lines with NAME and VALUE
     */
    PlaceRow setting(String where, String... lines) {
        this.settingIn = where;
        this.setting = List.of(lines);
        return this;
    }

    /** What is left to do where a variable has a value, any if that is empty, which shows that the rest is done. */
    PlaceRow deniedBy(String variable, String value, String imperative) {
        this.deniedBy = variable;
        this.denial = value;
        this.leftToDo = imperative;
        return this;
    }

    String perhapsDo(Environment here) {
        boolean denied =
                here.isSet(deniedBy) && (denial.isEmpty() || here.get(deniedBy).equals(Optional.of(denial)));
        return denied ? leftToDo : perhapsDo;
    }

    PlaceRow perhaps(String condition, String imperative, String... lines) {
        this.perhaps = condition;
        this.perhapsDo = imperative;
        this.perhapsLines = List.of(lines);
        return this;
    }

    /** A script that the place runs before a job, below the folder that a variable names. */
    PlaceRow assignedIn(String path) {
        this.assignedIn = path;
        return this;
    }

    /** Lines of a configuration that read the file FILE when the command starts; its lines of variables expand nothing. */
    PlaceRow reading(String configuration, String... lines) {
        this.configuration = configuration;
        this.reading = List.of(lines);
        return this;
    }

    /** A variable tells a name, which stands in its commands and lines. */
    PlaceRow named(PlaceName name, String variable) {
        this.named = name;
        this.namedBy = variable;
        return this;
    }

    /** A person's browser is on another machine. */
    PlaceRow away() {
        this.away = true;
        return this;
    }

    /** Nobody can read there what is stored. */
    PlaceRow hidden() {
        this.hidden = true;
        return this;
    }

    /** A CI system hands its secret in as a variable. */
    PlaceRow secret(String kept) {
        return kept(kept).handIn("Add " + kept);
    }

    /** A container of a program, which never gets another environment than the one that it was made with. */
    PlaceRow container(String program) {
        enter = program + " exec -e CHAINLOOP_TOKEN CONTAINER COMMAND";
        return kept("CHAINLOOP_TOKEN where the container is started")
                .handIn(
                        "Export CHAINLOOP_TOKEN where the container is started, and hand it in",
                        program + " run -e CHAINLOOP_TOKEN IMAGE")
                .anew("make the container anew (`" + program + " restart` keeps the old value)")
                .setting("where the container is started", program + " run -e NAME=\"VALUE\" IMAGE")
                .configHome(program + " run --tmpfs /tmp -e XDG_CONFIG_HOME=/tmp -e CHAINLOOP_TOKEN IMAGE");
    }

    /** A provisioner of Terraform runs the command. */
    PlaceRow ofTerraform() {
        ofTerraform = true;
        return this;
    }

    /** A secret of Kubernetes. */
    PlaceRow pod(String handIn) {
        ofKubernetes = true;
        storeFirst = """
                printf %s "$token" |
                  kubectl create secret generic SECRET --from-file=KEY=/dev/stdin""";
        storeAgain = """
                printf '{"stringData":{"KEY":"%s"}}' "$token" |
                  kubectl patch secret SECRET --patch-file /dev/stdin""";
        stored = "kubectl get secret SECRET -o 'jsonpath={.data.KEY}' | base64 -d";
        return kept("the Kubernetes secret that `secretKeyRef` names")
                .handIn(
                        handIn,
                        "env:",
                        "  - name: CHAINLOOP_TOKEN",
                        "    valueFrom:",
                        "      secretKeyRef: {name: SECRET, key: KEY}")
                .setting("in the container's spec", "env:", "  - {name: NAME, value: \"VALUE\"}")
                .configHome(
                        "env:",
                        "  - {name: XDG_CONFIG_HOME, value: /chainloop}",
                        "volumeMounts:",
                        "  - {name: chainloop, mountPath: /chainloop}",
                        "volumes: # beside the containers",
                        "  - {name: chainloop, emptyDir: {}}");
    }

    /** The command that stores the shell's {@code $token}, whether there is a value already or not. */
    PlaceRow store(String command) {
        storeFirst = command;
        storeAgain = command;
        return this;
    }

    PlaceRow asking(String command) {
        storeAsking = command;
        return this;
    }

    PlaceRow restart(String command) {
        restart = command;
        restartOwn = command;
        return this;
    }

    /** What the command for a restart does about a changed value, where it is not enough for every one. */
    PlaceRow rereading(String imperative) {
        rereading = imperative;
        return this;
    }

    PlaceRow anew(String imperative) {
        anew = imperative;
        return this;
    }

    /** Its jobs get a copy of the variables when they are submitted. */
    PlaceRow submitted() {
        submitted = true;
        return anew("submit the job again");
    }

    PlaceRow restartOwn(String command) {
        restartOwn = command;
        return this;
    }

    PlaceRow configHome(String... lines) {
        this.configHome = List.of(lines);
        return this;
    }
}
