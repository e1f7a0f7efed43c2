package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Spans;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Grant;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.OtherConfig;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.Surroundings;
import dev.chainloop.token.verification.Verification;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that was seen; findings, checks, explanations and advice depend on nothing else.
 *
 * @param inspection the token and the time
 * @param search what the sources held
 * @param surroundings where this runs
 * @param strays tokens in variables that nothing reads
 * @param otherConfigs config files that nothing reads
 * @param configWritten when the config file was written, if it holds a token
 * @param configOpen whether every user of the machine can read the config file that the token is from
 * @param seen every token that was seen
 */
public record Evidence(
        Inspection inspection,
        Search.Result search,
        Surroundings surroundings,
        List<Look.Found> strays,
        List<OtherConfig> otherConfigs,
        Optional<Instant> configWritten,
        boolean configOpen,
        Seen seen) {
    private static final long RECENT_SECONDS = 600;

    /** The evidence about a token by itself, as one of many. */
    static Evidence of(Inspection inspection, Search.Result search, boolean redacted, Seen seen) {
        Surroundings unknown = Surroundings.unknown(redacted);
        return new Evidence(inspection, search, unknown, List.of(), List.of(), Optional.empty(), false, seen);
    }

    /** Whether no token is stored, but the CLI would get a federated one for attestations. */
    public boolean isMinted() {
        // Gitea's runner sets GitHub's variables, but no server of Chainloop's accepts Gitea's tokens.
        return inspection.status() == Status.NONE
                && search.deciding().isEmpty()
                && !search.asked()
                && !surroundings.variableSet()
                && surroundings.canMint()
                && surroundings.place() != Place.GITEA;
    }

    /**
     * Why there is no token, a phrase after a colon: the source that ended the search without one, else the one that a
     * pipeline would use.
     */
    public String whyNone() {
        Optional<Look> deciding = search.deciding();
        if (deciding.isPresent() && deciding.get() instanceof Look.Blank blank) {
            return ": " + noun(blank.origin()) + " is " + blank.why()
                    + (blankHidesToken() ? ", and so hides the token in the config file" : "");
        }
        if (isStdinEmpty()) {
            return ": nothing came on stdin";
        }
        return search.looked(SourceKind.ENVIRONMENT).orElse(null) instanceof Look.Absent absent
                ? ": " + noun(absent.origin()) + " is " + absent.why()
                        + partialGrant()
                        + search.config()
                                .misplaced()
                                .map(key -> ", and the config file holds a token as " + key
                                        + ", where the CLI reads only auth.token")
                                .orElse("")
                        + (surroundings.homeUnknown()
                                ? ", and without $HOME the CLI's config file is in /.config"
                                : surroundings.configHomeIgnored()
                                        ? ", and $XDG_CONFIG_HOME, which is not absolute, is ignored"
                                        : "")
                : "";
    }

    /** Whether the user named a standard input that holds nothing. */
    boolean isStdinEmpty() {
        return search.asked()
                && search.looked(SourceKind.STDIN).orElse(null) instanceof Look.Absent absent
                && (absent.why().equals("empty") || absent.why().equals("blank"));
    }

    private String partialGrant() {
        return surroundings
                .partialGrant()
                .map(part -> ", and $" + part.came() + " came here without $" + String.join(" and $", part.missing())
                        + ", so the CLI "
                        + (part.grant() == Grant.GITHUB ? "requests no federated one" : "does not use it"))
                .orElse("");
    }

    /** Whether the config file holds a token that would be sent if the variable were not blank. */
    public boolean blankHidesToken() {
        return search.deciding()
                        .filter(look ->
                                look instanceof Look.Blank && look.origin().kind() == SourceKind.ENVIRONMENT)
                        .isPresent()
                && search.looked(SourceKind.CONFIG).orElse(null) instanceof Look.Found found
                && !isDead(found);
    }

    private static String noun(Origin origin) {
        return origin.kind().noun(origin);
    }

    /** How recently the config file was written, a phrase; empty if that was not just now. */
    public String justWritten(Origin origin) {
        if (origin.kind() != SourceKind.CONFIG || configWritten.isEmpty()) {
            return "";
        }
        long ago = inspection.at().getEpochSecond() - configWritten.get().getEpochSecond();
        return ago < 0 || ago >= RECENT_SECONDS
                ? ""
                : ", written " + Spans.distance(inspection.at(), configWritten.get());
    }

    /** Whether the login had expired when its file was written: a clock is wrong, or the file was rewritten later. */
    public boolean expiredBeforeWritten() {
        Optional<Instant> expiry = inspection.time("exp");
        return inspection.isFrom(SourceKind.CONFIG)
                && configWritten.isPresent()
                && expiry.isPresent()
                && !configWritten.get().isBefore(expiry.get());
    }

    /** The config file that nothing reads and that is worth reading. */
    public Optional<OtherConfig> otherConfigToRead() {
        return otherConfigs.stream().filter(this::isWorthReading).findFirst();
    }

    /** Whether a config file that nothing reads holds a token without an error, as far as that can be seen. */
    boolean isWorthReading(OtherConfig other) {
        return other.look() instanceof Look.Found found ? !isDead(found) : other.look() instanceof Look.Unreadable;
    }

    /** Whether a token that was seen beside the one in use cannot work. */
    boolean isDead(Look.Found found) {
        return seen.inspection(found).isDead();
    }

    /** Whether the config file that was looked for is the one that the CLI reads unless an option names another. */
    public boolean isOfOwnConfig() {
        String name = search.looked(SourceKind.CONFIG)
                .map(look -> look.origin().name())
                .orElse("$");
        Optional<Path> own = surroundings.config();
        return own.isEmpty() || own.get().toString().equals(name) || name.startsWith("$");
    }

    /** The same, as if nothing were known of any token. */
    public Evidence withoutTokens() {
        Search.Result none = new Search.Result(List.of(), new ConfigReading.Missing(""), search.host(), false);
        Inspection inspection = Inspection.without(Status.NONE, null, this.inspection.at(), null);
        return new Evidence(inspection, none, surroundings, List.of(), otherConfigs, Optional.empty(), false, seen);
    }

    /** The same for a CLI that ignores {@code $CHAINLOOP_TOKEN}. */
    public Evidence ignoringVariable() {
        Surroundings other = surroundings.withoutVariable();
        return new Evidence(inspection, search, other, strays, otherConfigs, configWritten, configOpen, seen);
    }

    Evidence with(Verification judgment) {
        return with(search, inspection.with(judgment));
    }

    /** The same with the inspection of another search. */
    Evidence with(Search.Result other, Inspection inspection) {
        return new Evidence(inspection, other, surroundings, strays, otherConfigs, configWritten, configOpen, seen);
    }
}
