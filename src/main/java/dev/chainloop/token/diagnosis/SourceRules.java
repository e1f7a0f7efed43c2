package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import dev.chainloop.token.source.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules about where a token comes from, and what else is there. */
final class SourceRules {
    private final Evidence evidence;
    private final Inspection inspection;
    private final Surroundings here;
    private final Search.Seen search;
    private final List<Finding> findings;

    SourceRules(Evidence evidence, List<Finding> findings) {
        this.evidence = evidence;
        this.inspection = evidence.inspection();
        this.here = evidence.surroundings();
        this.search = evidence.search();
        this.findings = findings;
    }

    void apply() {
        noToken();
        malformed();
        Optional<SourceReading.Found> used = search.found();
        if (used.isPresent()) {
            shadowed(used.get());
        }
        if (!search.asked() && !inspection.isGiven()) {
            tokenElsewhere(used);
            configElsewhere();
        }
        sourceUnreadable();
        userTokenInCi();
        configReadableByOthers();
        loginElsewhere();
        configMidWrite();
    }

    private void add(Rule rule, String headline, String more, @Nullable Cure cure) {
        findings.add(new Finding(rule, headline, more, cure));
    }

    /** A token that is used needs no other: what is elsewhere is then only a note. */
    private Severity severity() {
        return inspection.status() == Status.NONE ? Severity.WARNING : Severity.INFO;
    }

    private void noToken() {
        if (evidence.isMinted()) {
            findings.add(new Finding(
                    Rule.NO_TOKEN,
                    Severity.INFO,
                    "No token is stored; attestation commands request a federated one",
                    "The repository must be enrolled. If the enterprise has an issuer of its own, the CLI drops that token."
                            + " Other commands need a stored token.",
                    null));
        } else if (inspection.status() == Status.NONE) {
            add(Rule.NO_TOKEN, "There is no token to send" + culprit(), "", getting());
        }
    }

    /** What would get a token here; what explains the lack of one comes first. */
    private Cure getting() {
        Optional<SourceReading> stdin = search.reading(SourceKind.STDIN);
        if (stdin.isPresent() && (search.asked() || stdin.get().decides())) {
            return Cure.FILL_STDIN;
        }
        if (search.asked() && here.variableSet()) {
            return Cure.LOOK_THERE;
        }
        if (search.config().midWrite()) {
            return Cure.WAIT_FOR_WRITER;
        }
        Optional<SourceReading> deciding = search.deciding();
        if (deciding.isPresent()) {
            boolean given = deciding.get().origin().kind() == SourceKind.ARGUMENT;
            return given ? Cure.LEAVE_OUT_OPTION : Cure.HAND_IN;
        }
        // Who mounts a file into a container does it on purpose.
        boolean login = here.place().isAttended() || here.place() == Place.POD || here.place() == Place.CONTAINER;
        if (here.sudo().isPresent() || (login && !evidence.otherConfigs().isEmpty())) {
            return Cure.READ_OTHER_CONFIG;
        }
        return !here.place().isAttended() ? Cure.HAND_IN : here.homeUnknown() ? Cure.READ_OTHER_CONFIG : Cure.GET_TOKEN;
    }

    /** The source that ended the search without a token, else the one that a pipeline would use. */
    private String culprit() {
        if (search.deciding().orElse(null) instanceof SourceReading.Blank blank) {
            String verb = blank.origin().kind() == SourceKind.STDIN ? " holds " : " is ";
            return ": " + blank.origin().noun() + verb + blank.why();
        }
        if (search.asked() && search.reading(SourceKind.STDIN).orElse(null) instanceof SourceReading.Absent stdin) {
            return ": stdin is " + stdin.why();
        }
        if (!(search.reading(SourceKind.ENVIRONMENT).orElse(null) instanceof SourceReading.Absent absent)) {
            return "";
        }
        return ": " + absent.origin().noun() + " is " + absent.why() + cause();
    }

    /** Why a variable may be missing here that is set elsewhere, or a login not be seen; empty where nothing tells. */
    private String cause() {
        if (here.fork()) {
            return ", and a change from a fork gets no secrets";
        }
        if (here.dependabot()) {
            return ", and Dependabot's runs read secrets of their own";
        }
        if (here.branch().isPresent()) {
            return ", and this branch is not protected, so it gets no protected variable";
        }
        return here.homeUnknown()
                ? ", and without $HOME the CLI's config file is in /.config"
                : here.configHomeIgnored() ? ", and $XDG_CONFIG_HOME, which is not absolute, is ignored" : "";
    }

    /** Only for a person's variable that wins over the config file: a job is given one on purpose, and who names a token means it. */
    private void shadowed(SourceReading.Found used) {
        Optional<Candidate> other = evidence.candidate(SourceKind.CONFIG);
        if (used.origin().kind() == SourceKind.ENVIRONMENT
                && (here.place().isAttended() || here.place() == Place.JOB)
                && other.isPresent()
                && !other.get().found().secret().equals(used.secret())) {
            boolean login = other.get().inspection().isKind(Audience.USER);
            String what = login ? "your login" : "the token in the config file";
            add(Rule.SHADOWED, used.origin().noun() + " is sent, not " + what, "", null);
        }
    }

    /** Tokens in variables that neither the CLI nor this tool reads. */
    private void tokenElsewhere(Optional<SourceReading.Found> used) {
        List<String> strays = new ArrayList<>();
        boolean federated = false;
        boolean usable = false;
        String secret = used.isPresent() ? used.get().secret() : "";
        for (Candidate stray : evidence.strays()) {
            Inspection other = stray.inspection();
            if (other.token() != null && !stray.found().secret().equals(secret)) {
                Audience kind = other.token().audience();
                federated |= kind == Audience.GENERIC;
                usable |= !other.isDead();
                strays.add(stray.found().origin().noun() + " holds " + kind.one()
                        + (other.isDead() ? " that is of no use" : ""));
            }
        }
        if (!strays.isEmpty()) {
            add(
                    Rule.TOKEN_ELSEWHERE,
                    TokenRules.capitalized(String.join(", ", strays)) + "; the Chainloop CLI reads $CHAINLOOP_TOKEN"
                            + (federated ? ", and in a GitLab job $GITLAB_OIDC" : ""),
                    "",
                    usable ? Cure.SET_VARIABLE : null);
        }
    }

    /** Config files that the CLI does not read, although a user may think so. */
    private void configElsewhere() {
        if (here.configHomeIgnored() && inspection.isFrom(SourceKind.CONFIG)) {
            String file = shownPath(here.config().map(Path::toString).orElse("elsewhere"));
            findings.add(new Finding(
                    Rule.CONFIG_ELSEWHERE,
                    Severity.INFO,
                    "The Chainloop CLI ignores $XDG_CONFIG_HOME, which is not absolute; its config file is " + file,
                    "",
                    null));
        }
        List<String> paths = new ArrayList<>();
        for (Path other : evidence.otherConfigs()) {
            paths.add(shownPath(other.toString()));
        }
        if (!paths.isEmpty()) {
            String exist = paths.size() == 1 ? " exists, but " : " exist, but ";
            findings.add(new Finding(
                    Rule.CONFIG_ELSEWHERE,
                    severity(),
                    TokenRules.capitalized(String.join(" and ", paths)) + exist + whyNotRead(),
                    "",
                    inspection.status() == Status.NONE ? Cure.READ_OTHER_CONFIG : null));
        }
    }

    /** A path for a person, whole under sudo, where the home folder is not the reader's. */
    private String shownPath(String path) {
        return here.redacted()
                ? Environment.redacted(path, here.home())
                : here.sudo().isPresent() ? path : Environment.shortened(path, here.home());
    }

    private String whyNotRead() {
        if (here.sudo().isPresent()) {
            return "under `sudo` root's config file is read";
        }
        String read = search.reading(SourceKind.CONFIG)
                .map(reading -> shownPath(reading.origin().name()))
                .orElse("elsewhere");
        return (here.configHome() ? "because of $XDG_CONFIG_HOME" : here.homeUnknown() ? "without $HOME" : "here")
                + " the config file is read from " + read;
    }

    private void sourceUnreadable() {
        List<SourceReading.Unreadable> unreadable = search.unreadableBehind();
        if (!unreadable.isEmpty()) {
            SourceReading.Unreadable first = unreadable.get(0);
            add(
                    Rule.SOURCE_UNREADABLE,
                    TokenRules.capitalized(first.origin().noun()) + " cannot be used: " + first.why(),
                    "This token does not come from it, but the Chainloop CLI reads that file first, and stops"
                            + " when it cannot.",
                    Cure.of(first.obstacle()));
        }
    }

    /** That merely nobody is at a terminal is no fault: people run scripts. */
    private void userTokenInCi() {
        boolean kept = inspection.isFrom(SourceKind.ENVIRONMENT) || inspection.isFrom(SourceKind.CONFIG);
        Place place = here.place();
        boolean job = place.isCi() || place == Place.POD || place == Place.CONTAINER || place == Place.SERVICE;
        if (kept && job && inspection.isKind(Audience.USER)) {
            add(
                    Rule.USER_TOKEN_IN_CI,
                    "A person's token is used in " + place.title(),
                    "It acts in that person's name, and nobody is there to log in again when it ends.",
                    Cure.CREATE_API_TOKEN);
        }
    }

    private void configReadableByOthers() {
        if (inspection.isFrom(SourceKind.CONFIG) && inspection.fault() == null && evidence.configOpen()) {
            add(
                    Rule.CONFIG_READABLE_BY_OTHERS,
                    "Every user of this machine can read the file that holds this token",
                    "",
                    Cure.CLOSE_CONFIG);
        }
    }

    /** A login is sent to another control plane than the one beside it in the file; where either is no address, nothing is known. */
    private void loginElsewhere() {
        Optional<String> stored = search.config().api();
        Optional<Host> host = search.host();
        if (!inspection.isFrom(SourceKind.CONFIG) || stored.isEmpty() || host.isEmpty()) {
            return;
        }
        Host own = new Host(stored.get(), "");
        Host used = host.get();
        if (own.isAddress() && used.isAddress() && !own.address().equals(used.address())) {
            add(
                    Rule.LOGIN_ELSEWHERE,
                    used.from() + " (" + used.address() + ") wins over the control plane in this login's config file ("
                            + own.address() + ")",
                    "",
                    Cure.CHECK_CONTROL_PLANE);
        }
    }

    /** Once it is not fresh any more, nobody is writing it: what gets a token is all that there is to do. */
    private void configMidWrite() {
        ConfigReading config = search.config();
        if (config.empty()) {
            String why = config.midWrite()
                    ? "another chainloop command is writing it right now, or one was interrupted, and then any login in"
                            + " it is lost (Chainloop #2812)"
                    : "perhaps a chainloop command was interrupted while writing it";
            String lost = config.midWrite() ? "" : "Any login in it is lost (Chainloop #2812).";
            boolean wait = config.midWrite() && inspection.status() == Status.NONE;
            findings.add(new Finding(
                    Rule.CONFIG_MID_WRITE,
                    severity(),
                    "The config file is empty: " + why,
                    lost,
                    wait ? Cure.WAIT_FOR_WRITER : null));
        }
    }

    /** The same of every source, since each would be sent as it is. */
    private void malformed() {
        @Nullable Malformed malformed = inspection.malformed();
        if (malformed == null) {
            return;
        }
        boolean unsendable = malformed.around().stream().anyMatch(Wrapping::isUnsendable);
        String sent = malformed.around().isEmpty()
                ? ""
                : unsendable
                        ? "Sent like this, it fails with PROTOCOL_ERROR before the server sees it."
                        : "Sent like this, it is refused.";
        String copied =
                malformed.cure() == null ? " It may only be the clipboard's: then the stored token is in order." : "";
        // What a program finds on its standard input is often meant for the one that started it.
        boolean unnamed = inspection.isFrom(SourceKind.STDIN) && !search.asked();
        @Nullable Inspection contained = inspection.contained();
        add(
                Rule.MALFORMED,
                "The value is " + (malformed.around().isEmpty() ? "not a token: " : "") + malformed.what()
                        + (unnamed && contained == null ? "; if it is not for this command, add `</dev/null`" : ""),
                sent + copied,
                contained != null && contained.isDead() ? Cure.GET_TOKEN : malformed.cure());
    }
}
