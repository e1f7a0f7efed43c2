package dev.chainloop.token.explain;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Inspector;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.explain.Cause.Weight;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.Scene;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cures of a message: those of its causes, but none that changes a token which the text clears. */
final class Remedy {
    private static final List<Cure> FOR_HERE = List.of(
            Cure.READ_OTHER_CONFIG, Cure.SEND_VARIABLE, Cure.FIND_OPTION, Cure.FIND_TOKEN, Cure.EXPLAIN_WITH_CONFIG);

    /** They are for the reader at a terminal, unless the text is from elsewhere. */
    private static final List<Cure> OF_PERSON = List.of(Cure.WORK_AS_PERSON, Cure.ASK_FOR_ROLE, Cure.ASK_FOR_RIGHTS);

    private final Row row;
    private final Weighing weighing;
    private final Testimony testimony;
    private final Diagnosis here;
    private final Place own;

    /** Whether a person types the commands. */
    private final boolean attended;

    /** Whether the text tells where it arose. */
    private final boolean told;

    /** Whether that is not here. */
    private final boolean elsewhere;

    private final Optional<String> otherConfig;
    private final List<Cure> cures = new ArrayList<>();

    /**
     * @param weighing with the causes that were found
     * @param here the token that would be sent now
     * @param arose the place where the message arose, as far as its text tells
     */
    Remedy(Row row, Weighing weighing, Testimony testimony, Diagnosis here, Optional<Scene> arose) {
        this.row = row;
        this.weighing = weighing;
        this.testimony = testimony;
        this.here = here;
        this.own = here.evidence().surroundings().place();
        this.attended = arose.map(Scene::place).orElse(own).isAttended();
        this.told = arose.isPresent();
        this.elsewhere = arose.filter(scene -> scene.isElsewhere(here.evidence().surroundings()))
                .isPresent();
        // A file of another machine is none that could be named here.
        this.otherConfig =
                elsewhere || !mayHaveReadConfig() ? Optional.empty() : testimony.otherConfig(here.evidence());
        decide();
    }

    List<Cure> cures() {
        return cures;
    }

    /** The config file that the command read, where that may matter and is not the one here; hostile. */
    Optional<String> otherConfig() {
        return otherConfig;
    }

    /** Whether it is for the place where this runs, although nothing is known of the token that was sent. */
    boolean isForHere() {
        return cures.stream().anyMatch(cure -> FOR_HERE.contains(cure) || (isLost() && OF_PERSON.contains(cure)));
    }

    /** What the text says that explains it, beside the causes. */
    List<Cause> reasons() {
        List<Cause> reasons = new ArrayList<>();
        if (isOfToken() && testimony.ignoresVariable()) {
            reasons.add(new Cause(
                    Weight.CERTAIN,
                    "The login was sent: for all but attestations, CLIs before v1.100.10 prefer it to $CHAINLOOP_TOKEN.",
                    Cure.SEND_VARIABLE));
        }
        if (isLoginIgnored()) {
            reasons.add(new Cause(
                    Weight.CERTAIN,
                    "$CHAINLOOP_TOKEN was sent, which wins over the login in the config file; that is used once the variable"
                            + " is gone.",
                    null));
        }
        otherConfig.ifPresent(file -> {
            Evidence evidence = here.evidence();
            boolean redacted = evidence.surroundings().redacted();
            String read = redacted ? "a different config file" : shown(file);
            String ours = redacted ? "the CLI's own here" : shown(Testimony.lookedAt(evidence));
            reasons.add(new Cause(
                    Weight.LIKELY,
                    "That command read " + read + "; this looks at " + ours + ".",
                    Cure.EXPLAIN_WITH_CONFIG));
        });
        return reasons;
    }

    /** Whether the variable is at fault, or known to have been sent where that is put right, and a login without an error lies behind it. */
    private boolean isLoginIgnored() {
        boolean told = testimony.isSentForSure() && cures.contains(Cure.USE_LOGIN);
        return (weighing.isCertain() || told) && isLoginBehind();
    }

    /** Whether the variable is sent, and a login without an error lies behind it. */
    private boolean isLoginBehind() {
        if (!row.isRefusal()
                || elsewhere
                || testimony.ignoresVariable()
                || weighing.isAboutAnother()
                || !here.inspection().isFrom(SourceKind.ENVIRONMENT)) {
            return false;
        }
        Diagnosis login = Inspector.only(here, SourceKind.CONFIG);
        boolean ofThisControlPlane =
                login.findings().stream().noneMatch(finding -> finding.rule() == Rule.LOGIN_ELSEWHERE);
        return login.inspection().kind().equals(Optional.of(Audience.USER))
                && login.firstError().isEmpty()
                && ofThisControlPlane;
    }

    private String shown(String path) {
        return Environment.shortened(path, here.evidence().surroundings().home());
    }

    private boolean isOfToken() {
        return row.isRefusal() || (row.cure != null && row.cure.changesToken());
    }

    /** Whether the token may be from a config file: no other is known to have been sent, and no other is here. */
    private boolean mayHaveReadConfig() {
        boolean login =
                testimony.sent().filter(sent -> sent != Testimony.Sent.LOGIN).isEmpty();
        Status status = here.inspection().status();
        return login
                && isOfToken()
                && (status == Status.NONE || here.inspection().isFrom(SourceKind.CONFIG));
    }

    private void decide() {
        cures.addAll(ofCauses());
        if (!isOfToken()) {
            return;
        }
        if (attended && isLoginBehind() && cures.remove(Cure.CHECK_CONTROL_PLANE)) {
            replaceChanges(Cure.USE_LOGIN);
        } else if (testimony.ignoresVariable()) {
            preferVariable();
        } else if (testimony.isGiven() && row.isRefusal() && weighing.isAboutAnother()) {
            replaceChanges(Cure.FIND_OPTION);
        } else if (otherConfig.isPresent()) {
            replaceChanges(Cure.EXPLAIN_WITH_CONFIG);
        } else if (isKeptElsewhere()) {
            replaceChanges(Cure.LOOK_THERE);
        } else if (isLost() && cures.stream().anyMatch(Remedy::mayNeedLogin)) {
            cures.remove(Cure.CHECK_CONTROL_PLANE);
            replaceChanges(Cure.FIND_TOKEN);
        }
        keepAttestation();
    }

    /** Whether the token that was sent is kept where nothing is known of; a job's variables are kept in one place. */
    private boolean isKeptElsewhere() {
        boolean ofJob = testimony.sent().equals(Optional.of(Testimony.Sent.VARIABLE)) && own.isCi();
        return row.isRefusal()
                && testimony.sent().isPresent()
                && !testimony.isRequested()
                && weighing.isAboutAnother()
                && !told
                && !ofJob;
    }

    /** Whether nothing is known of the token that was sent, and nothing is here, where a person could log in. */
    private boolean isLost() {
        return weighing.isAbsent() && own.isAttended() && !told && !testimony.isRequested();
    }

    /** Whether it gets a token, which at a terminal is a login. */
    private static boolean mayNeedLogin(Cure cure) {
        return cure == Cure.RENEW_ACCOUNT
                || cure == Cure.CHECK_CONTROL_PLANE
                || (cure.getsToken() && cure != Cure.CREATE_API_TOKEN);
    }

    private void replaceChanges(Cure other) {
        cures.removeIf(cure -> cure.changesToken() || cure == Cure.LOOK_THERE);
        cures.add(other);
    }

    /** A token in the variable is there to be used; one that is no good leaves the login. */
    private void preferVariable() {
        Diagnosis variable = Inspector.only(here, SourceKind.ENVIRONMENT);
        Status status = variable.inspection().status();
        // The variable of another place is not the one here.
        boolean unknown = elsewhere || status == Status.NONE;
        boolean healthy =
                !unknown && status == Status.TYPED && variable.firstError().isEmpty();
        cures.remove(Cure.CHOOSE_TOKEN);
        if (healthy || (unknown && weighing.isAboutAnother())) {
            cures.clear();
        }
        if (healthy || unknown || !own.isAttended()) {
            cures.add(Cure.SEND_VARIABLE);
        } else {
            cures.remove(Cure.UPDATE_CLI); // A later one would send that.
        }
    }

    /** An attestation that was begun with another token, where a new one is got: only CI providers' share a remote state. */
    private void keepAttestation() {
        boolean federated = weighing.isOf(Audience.GENERIC) && !cures.contains(Cure.CREATE_API_TOKEN);
        if (cures.stream().noneMatch(Cure::getsToken)) {
            return;
        }
        if (testimony.remoteState() && !federated) {
            cures.add(Cure.BEGIN_AGAIN);
        } else if (testimony.command().continues()) {
            cures.add(Cure.GO_ON);
        }
    }

    /** The cures of the causes that count; the message's own cure where those have none. */
    private List<Cure> ofCauses() {
        List<Cure> found = new ArrayList<>();
        for (Cause cause : weighing.found()) {
            if (counts(cause) && cause.cure() != null) {
                found.add(cause.cure());
            }
        }
        if (found.isEmpty() && row.cure != null) {
            found.add(row.cure);
        }
        if (weighing.isCleared()) {
            found.add(Cure.LOOK_THERE);
        }
        if (told && row.cure != null) {
            // The place is known, and so is what helps there.
            found.remove(Cure.LOOK_THERE);
        }
        if (isGuess()) {
            // A replaced token gets revoked, which a mere guess does not justify.
            found.removeIf(Cure::getsToken);
            if (found.isEmpty()) {
                found.add(Cure.ASK_SERVER);
            }
        }
        return found;
    }

    /** Whether a cause is cured: those that are certain, else the others; and what is left for a token that is not here. */
    private boolean counts(Cause cause) {
        return switch (cause.weight()) {
            case CERTAIN -> true;
            case LIKELY -> !weighing.isCertain() || (weighing.isAboutAnother() && testimony.isRequested());
            case LEFT, NOT_VISIBLE -> !weighing.isCertain() || weighing.isAboutAnother();
            case RULED_OUT -> false;
        };
    }

    /** Whether the token here may be in order, and the message has a cause that cannot be seen in it. */
    private boolean isGuess() {
        return !weighing.isCertain()
                && !row.isGenuine()
                && weighing.isAboutToken()
                && weighing.found().stream()
                        .anyMatch(cause -> cause.weight() == Weight.LEFT || cause.weight() == Weight.NOT_VISIBLE);
    }
}
