package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.source.ConfigFile;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Inputs;
import dev.chainloop.token.source.Organization;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import dev.chainloop.token.source.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules about where a token comes from, and what else is there.
 *
 * @param there the place that a user may name instead, for the rules about places
 */
record SourceRules(Evidence evidence, Candidate used, Surroundings there, Inputs inputs, List<Finding> findings) {
    void apply() {
        noToken();
        malformed();
        shadowed();
        if (!inputs.asked() && !used.isGiven()) {
            tokenElsewhere();
            configElsewhere();
        }
        sourceUnreadable();
        userTokenInCi();
        configReadableByOthers();
        loginElsewhere();
        configMidWrite();
        otherOrganization();
    }

    private void add(Rule rule, String headline, Cure cure, String... more) {
        findings.add(Finding.of(rule, headline, cure, more));
    }

    /** A finding about which nothing is to be done. */
    private void note(Rule rule, Severity severity, String headline, String... more) {
        findings.add(new Finding(rule, severity, rule.stage, headline, List.of(more), Optional.empty()));
    }

    private void noToken() {
        if (evidence.isMinted()) {
            String headline = "no token is stored; attestation commands request a federated one";
            String more =
                    "The repository must be enrolled, and the token must not come from a GitHub enterprise's own issuer, because the"
                            + " CLI drops such tokens. All other commands that send a token need a stored one.";
            note(Rule.NO_TOKEN, Severity.INFO, headline, more);
        } else if (inputs.deciding().orElse(null) instanceof SourceReading.Absent) {
            String headline = "stdin was empty; to use the login, add `</dev/null` or `--source config`";
            add(Rule.NO_TOKEN, headline, Cure.FILL_STDIN);
        } else if (used.status() == Status.NONE) {
            // White space would be sent.
            String none = "there is no token" + (inputs.deciding().isPresent() ? "" : " to send");
            add(Rule.NO_TOKEN, none + culprit(), getting());
        }
    }

    /** What would get a token here; a cause of its lack comes first. */
    private Cure getting() {
        Optional<SourceReading> stdin = inputs.reading(SourceKind.STDIN);
        if (stdin.isPresent() && (inputs.asked() || stdin.get().decides())) {
            return Cure.FILL_STDIN;
        }
        if (inputs.asked() && inputs.here().variableSet()) {
            return Cure.LOOK_THERE;
        }
        if (inputs.config().isBeingWritten()) {
            return Cure.WAIT_FOR_WRITER;
        }
        Optional<SourceReading> deciding = inputs.deciding();
        if (deciding.isPresent()) {
            boolean given = deciding.get().origin().kind() == SourceKind.ARGUMENT;
            return given ? Cure.LEAVE_OUT_OPTION : Cure.HAND_IN;
        }
        // Whoever mounts a file into a container does it on purpose.
        boolean person = there.place().isAttended();
        boolean login = person || there.place() == Place.POD || there.place() == Place.CONTAINER;
        boolean other = login && !inputs.otherConfigs().isEmpty();
        if (inputs.here().sudo().isPresent()
                || other
                || (person && inputs.here().homeUnknown())) {
            return Cure.READ_OTHER_CONFIG;
        }
        return person ? Cure.GET_TOKEN : Cure.HAND_IN;
    }

    /** The source that ended the search without a token, else the one that a pipeline would use. */
    private String culprit() {
        if (inputs.deciding().orElse(null) instanceof SourceReading.Blank blank) {
            SourceKind kind = blank.origin().kind();
            String verb = kind == SourceKind.STDIN ? " holds " : kind == SourceKind.CONFIG ? "'s " : " is ";
            return ": " + blank.origin().noun() + verb + blank.phrase();
        }
        if (inputs.asked() && inputs.reading(SourceKind.STDIN).orElse(null) instanceof SourceReading.Absent stdin) {
            return ": stdin is " + stdin.phrase();
        }
        if (!(inputs.reading(SourceKind.ENVIRONMENT).orElse(null) instanceof SourceReading.Absent absent)) {
            return "";
        }
        return ": " + absent.origin().noun() + " is " + absent.phrase() + cause();
    }

    /** Why a variable that is set elsewhere may be missing here, or why a login is not found; empty if nothing tells. */
    private String cause() {
        if (there.fork()) {
            return ", and runs for a change from a fork get no secrets";
        }
        if (there.ownGithub()) {
            return ", and the CLI accepts GitHub's federated tokens only from github.com";
        }
        if (there.dependabot()) {
            return ", and Dependabot's runs have their own set of secrets";
        }
        if (there.unprotected()) {
            return ", and this branch is not protected, so its jobs get no protected variables";
        }
        return inputs.here().homeUnknown()
                ? ", and without $HOME the CLI's config file is in /.config"
                : inputs.here().configHomeIgnored()
                        ? ", and $XDG_CONFIG_HOME is ignored because it is not an absolute path"
                        : "";
    }

    /** Only if a person's variable overrides the config file: a job gets it on purpose, and whoever names a token means it. */
    private void shadowed() {
        Optional<Candidate> other = evidence.candidate(SourceKind.CONFIG);
        if (used.isFrom(SourceKind.ENVIRONMENT)
                && (there.place().isAttended() || there.place() == Place.JOB)
                && other.isPresent()
                && !other.get().secret().equals(used.secret())) {
            boolean login = other.get().isKind(Audience.USER);
            String what = login ? "your login" : "the token in the config file";
            Optional<String> own = used.organization();
            Optional<String> behind = login
                    ? inputs.organization(other.get().token(), false).flatMap(Organization::name)
                    : other.get().organization();
            // A login that works in another organization than the token is easily mistaken for it.
            boolean differ = own.isPresent() && behind.isPresent() && !own.equals(behind);
            String headline = differ
                    ? "$CHAINLOOP_TOKEN (" + Redaction.ofName(own.get()) + ") is sent, not " + what + " ("
                            + Redaction.ofName(behind.get()) + ")"
                    : "$CHAINLOOP_TOKEN is sent instead of " + what;
            String[] use =
                    findings.isEmpty() ? new String[] {"To use " + what + ", unset the variable."} : new String[0];
            note(Rule.SHADOWED, Severity.INFO, headline, use);
        }
    }

    /** Tokens in variables that neither the CLI nor this tool reads. */
    private void tokenElsewhere() {
        List<String> strays = new ArrayList<>();
        boolean usable = false;
        for (Candidate stray : evidence.strays()) {
            Optional<Audience> kind = stray.kind();
            if (kind.isPresent() && !stray.secret().equals(used.secret())) {
                usable |= stray.isUsable();
                strays.add(stray.origin().orElseThrow().noun() + " holds "
                        + kind.get().one() + (stray.isUsable() ? "" : " that is not usable"));
            }
        }
        String headline = String.join(", ", strays) + "; the Chainloop CLI reads $CHAINLOOP_TOKEN"
                + (there.place() == Place.GITLAB ? " and $GITLAB_OIDC" : "");
        if (usable) {
            add(Rule.TOKEN_ELSEWHERE, headline, Cure.SET_VARIABLE);
        } else if (!strays.isEmpty()) {
            note(Rule.TOKEN_ELSEWHERE, Severity.INFO, headline);
        }
    }

    /** Config files that the CLI does not read, although a user may think so. */
    private void configElsewhere() {
        List<String> paths = new ArrayList<>();
        for (Path other : inputs.otherConfigs()) {
            paths.add(shownPath(other.toString()));
        }
        // A token that is used needs no other file.
        if (!paths.isEmpty() && used.status() == Status.NONE) {
            String read = inputs.reading(SourceKind.CONFIG)
                    .map(reading -> shownPath(reading.origin().name()))
                    .orElse("elsewhere");
            String exist = Phrases.list(paths, "and") + (paths.size() == 1 ? " exists" : " exist");
            String headline = exist + ", but the config file is read from " + read;
            add(Rule.CONFIG_ELSEWHERE, headline, Cure.READ_OTHER_CONFIG);
        }
    }

    /** A path for a person, whole under sudo, where the home folder is not the reader's. */
    private String shownPath(String path) {
        Surroundings here = inputs.here();
        return Redaction.of(
                here.sudo().isPresent() ? path : Environment.shortened(path, here.home()),
                Environment.redacted(path, here.home()));
    }

    private void sourceUnreadable() {
        Optional<SourceReading.Unreadable> behind = inputs.unreadableBehind();
        if (behind.isPresent()) {
            SourceReading.Unreadable one = behind.get();
            String headline = one.origin().noun() + " cannot be used: " + one.phrase();
            String stops = "This token does not come from it, but the Chainloop CLI reads that file first and stops"
                    + " if it cannot.";
            add(Rule.SOURCE_UNREADABLE, headline, Cure.of(one.obstacle()), stops);
        }
    }

    /** It is not a fault that nobody is at a terminal: people run scripts. */
    private void userTokenInCi() {
        boolean kept = used.isFrom(SourceKind.ENVIRONMENT) || used.isFrom(SourceKind.CONFIG) || evidence.named();
        Place place = there.place();
        boolean job = !place.isAttended() && place != Place.JOB;
        if (kept && job && used.isKind(Audience.USER)) {
            String headline = "a user token is used in " + place.title;
            String more = "It acts in a person's name, and nobody is there to log in again when it expires.";
            add(Rule.USER_TOKEN_IN_CI, headline, Cure.CREATE_API_TOKEN, more);
        }
    }

    private void configReadableByOthers() {
        if (inputs.open()) {
            String headline = "anyone on this machine can read "
                    + shownPath(used.origin().orElseThrow().name());
            add(Rule.CONFIG_READABLE_BY_OTHERS, headline, Cure.CLOSE_CONFIG);
        }
    }

    private void loginElsewhere() {
        Optional<Host> own = evidence.bypassedHost();
        if (own.isPresent()) {
            Host other = inputs.host().orElseThrow();
            String headline = other.from() + " (" + other.address()
                    + ") overrides the control plane in this login's config file ("
                    + own.get().address() + ")";
            add(Rule.LOGIN_ELSEWHERE, headline, Cure.CHECK_CONTROL_PLANE);
        }
    }

    /** Once the file is no longer fresh, nobody is writing it, so all that is left to do is to get a token. */
    private void configMidWrite() {
        ConfigFile config = inputs.config();
        if (config.isEmpty() && used.status() == Status.NONE) {
            String headline =
                    "the config file is empty: a chainloop command is writing it, or was interrupted and has lost"
                            + " any login in it (Chainloop #2812)";
            if (config.isBeingWritten()) {
                add(Rule.CONFIG_MID_WRITE, headline, Cure.WAIT_FOR_WRITER);
            } else {
                note(Rule.CONFIG_MID_WRITE, Severity.WARNING, headline);
            }
        }
    }

    /** An API token works in its own organization, whatever else is named. */
    private void otherOrganization() {
        Optional<Organization> other = evidence.otherOrganization();
        if (other.isPresent()) {
            boolean file = other.get().from() == Organization.From.REPOSITORY;
            String own = used.organization().orElseThrow();
            String although = own + ", although " + other.get().where() + " names "
                    + Redaction.ofName(other.get().name().orElseThrow());
            String headline = file
                    ? "attestations go into " + although + "; newer CLIs refuse them"
                    : "commands work in " + although;
            add(Rule.OTHER_ORGANIZATION, headline, Cure.CHOOSE_ORGANIZATION);
        }
        for (Organization one : inputs.organizations()) {
            if (one.name().isEmpty() && one.from() == Organization.From.REPOSITORY) {
                String unread = " is not read: it is neither a plain nor a quoted name";
                note(Rule.OTHER_ORGANIZATION, Severity.INFO, "the organization in " + one.where() + unread);
            }
        }
    }

    /** Whatever the source, the CLI would send the value as it is. */
    private void malformed() {
        if (used.malformed().isEmpty()) {
            return;
        }
        Malformed malformed = used.malformed().get();
        List<String> more = new ArrayList<>();
        if (malformed.around().stream().anyMatch(Malformed.Wrapping::isUnsendable)) {
            more.add("In this form, sending it fails with PROTOCOL_ERROR before the server sees it.");
        } else if (!malformed.around().isEmpty()) {
            more.add("The server refuses it in this form.");
        }
        if (malformed.cure().isEmpty()) {
            more.add("If only the clipboard or the pipe added it, the stored token is fine.");
        }
        // Standard input is often meant for the program that started this one.
        boolean unnamed = used.isFrom(SourceKind.STDIN) && !inputs.asked();
        Optional<Candidate> contained = used.contained();
        String headline = "the value is " + (malformed.around().isEmpty() ? "not a token: " : "") + malformed.what()
                + (unnamed && contained.isEmpty() ? "; if stdin is meant for another command, add `</dev/null`" : "");
        boolean useless = contained.isPresent() && !contained.get().isUsable();
        Optional<Cure> cure = useless ? Optional.of(Cure.GET_TOKEN) : malformed.cure();
        findings.add(new Finding(Rule.MALFORMED, Severity.ERROR, Rule.MALFORMED.stage, headline, more, cure));
    }
}
