package dev.chainloop.token.advice;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Inspector;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.ProjectFile;
import dev.chainloop.token.source.SettingFile;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.Startup;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tokens that were found here besides the one in use, each judged by its own findings. */
final class OtherTokens {
    private final Evidence evidence;
    private final Inspection inspection;
    private @Nullable List<Startup.Assignment> assignments;
    private @Nullable List<SettingFile.Line> settingFile;
    private @Nullable List<ProjectFile.Line> projectLines;
    private final IdentityHashMap<Look.Found, Diagnosis> diagnoses = new IdentityHashMap<>();

    OtherTokens(Evidence evidence) {
        this.evidence = evidence;
        this.inspection = evidence.inspection();
    }

    /** The first that can be used in place of the one in use, and meets a demand. */
    Optional<Look.Found> meeting(Demand demand) {
        return all().stream()
                .filter(found -> isBehind(found) && isUsable(found, demand))
                .findFirst();
    }

    /** The lines in startup files of shells that set the variable to a token that meets a demand, or to what a command prints. */
    List<Startup.Assignment> assignments(Demand demand) {
        return assignments().stream()
                .filter(one -> one.isComputed() || (!isUsed(one.value()) && isUsable(one.value(), demand)))
                .toList();
    }

    /** The line that sets the variable to the value in use. */
    Optional<Startup.Assignment> assignmentInUse() {
        return assignments().stream().filter(one -> isUsed(one.value())).findFirst();
    }

    /** The line of another program's file that sets the variable to the value in use. */
    Optional<SettingFile.Line> settingFile() {
        List<SettingFile.Line> known = settingFile;
        if (known == null) {
            known = evidence
                    .search()
                    .found()
                    .filter(used -> used.origin().kind() == SourceKind.ENVIRONMENT)
                    .flatMap(used -> evidence.surroundings().setting(used.secret()))
                    .stream()
                    .toList();
            settingFile = known;
        }
        return known.stream().findFirst();
    }

    /** The nearest line of a project's file that sets the variable to a token that meets a demand, or has a command print one. */
    Optional<ProjectFile.Line> unloaded(Demand demand) {
        List<ProjectFile.Line> known = projectLines;
        if (known == null) {
            known = evidence.surroundings().projectLines();
            projectLines = known;
        }
        return known.stream()
                .filter(one -> one.isComputed() || (!isUsed(one.value()) && isUsable(one.value(), demand)))
                .findFirst();
    }

    /** Read when somebody asks. */
    private List<Startup.Assignment> assignments() {
        List<Startup.Assignment> known = assignments;
        if (known == null) {
            known = evidence.surroundings().assignments();
            assignments = known;
        }
        return known;
    }

    private boolean isUsed(Look.Found found) {
        return evidence.search()
                .found()
                .filter(used -> used.secret().equals(found.secret()))
                .isPresent();
    }

    /** Whether somebody is logged in here, with a token that has no error. */
    boolean isLoggedIn() {
        return evidence.search().looked(SourceKind.CONFIG).orElse(null) instanceof Look.Found found
                && isOf(found, Audience.USER);
    }

    boolean isOf(Look.Found found, Audience kind) {
        return token(found).filter(token -> token.audience() == kind).isPresent();
    }

    /** What is wrong with a token by itself, taken out of a file that a variable names; found out once. */
    private Diagnosis alone(Look.Found found) {
        return diagnoses.computeIfAbsent(
                found, one -> Inspector.alone(evidence, one.origin().isNamedFile() ? one.bare() : one));
    }

    /** The token, unless it has an error. */
    private Optional<Token> token(Look.Found found) {
        return hasError(found)
                ? Optional.empty()
                : Optional.ofNullable(alone(found).inspection().token());
    }

    boolean hasError(Look.Found found) {
        Diagnosis alone = alone(found);
        return alone.inspection().decoded() == null
                || alone.inspection().isWithoutSignature()
                || alone.firstError().isPresent();
    }

    private boolean isUsable(Look.Found found, Demand demand) {
        Optional<Token> token = token(found);
        if (token.isEmpty() || !demand.isMetBy(token.get())) {
            return false;
        }
        Optional<Long> left = alone(found).inspection().secondsToExpiry();
        if (demand.isScoped() && !alone(found).inspection().unreadableScope().isEmpty()) {
            return false;
        }
        boolean lasts = demand.isMetBy(left);
        // A person's login is not for a place where nobody is.
        return lasts
                && (token.get().audience() != Audience.USER
                        || evidence.surroundings().place().isAttended());
    }

    /** Whether it would be used if the variable were removed, or if the variable were set to it. */
    private boolean isBehind(Look.Found found) {
        return inspection.isFrom(SourceKind.ENVIRONMENT)
                || inspection.isGiven()
                || evidence.search()
                        .deciding()
                        .filter(look -> look.origin().kind() == SourceKind.ENVIRONMENT)
                        .isPresent()
                || found.origin().kind() == SourceKind.ENVIRONMENT;
    }

    private List<Look.Found> all() {
        List<Look> looked = new ArrayList<>(evidence.search().looked());
        looked.addAll(evidence.strays());
        return looked.stream()
                .filter(Look.Found.class::isInstance)
                .map(Look.Found.class::cast)
                .filter(found -> !isUsed(found))
                .toList();
    }
}
