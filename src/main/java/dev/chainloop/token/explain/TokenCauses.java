package dev.chainloop.token.explain;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Lookalike;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.explain.Cause.Weight;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.SourceKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Causes that lie in the token that was sent: whose it is, where it came from, and what it may do. Each is a part of the row
 * that names it; the findings of the row's rules are among the causes already.
 */
final class TokenCauses {
    private TokenCauses() {}

    static void issuerNotFound(Facts facts, Causes causes) {
        String named = facts.name.orElse("");
        Optional<String> own = facts.inspection.issuer();
        if (!named.isEmpty() && facts.hasToken() && !named.equalsIgnoreCase(own.orElse(null))) {
            String has = own.map(one -> "has the issuer " + one).orElse("names no issuer");
            causes.clear(Alibi.because(has + ", but the message names " + named));
        }
        if (facts.namesProvider() || causes.isCleared()) {
            causes.add(ofIssuer(facts));
        } else {
            turnedAway(facts, causes);
        }
        if (!named.isEmpty()) {
            causes.ruledOut("a missing token: the message names the issuer of the one that was sent");
        }
        if (!facts.namesProvider() && facts.inspection.hasSeveralAudiences()) {
            causes.ruledOut(
                    "several audiences in the token: the server issues no such token, and treating audiences as a set (pull"
                            + " request #2828) does not change this message (#2812)");
        }
    }

    /** Why the token with the issuer that the message names is refused, wherever that token is. */
    static Cause ofIssuer(Facts facts) {
        Optional<Lookalike> stranger = Lookalike.ofIssuer(facts.name.orElse(""));
        if (stranger.isPresent()) {
            return ofStranger(stranger.get());
        }
        return facts.testimony.isRequested()
                ? new Cause(
                        Weight.LIKELY,
                        "No $CHAINLOOP_TOKEN reached the command, so the CLI requested a federated token; and the repository"
                                + " or the CI provider is not enrolled with the organization. A self-hosted open-source"
                                + " control plane cannot enroll any.",
                        Cure.ENROLL)
                : facts.namesProvider() || facts.isRequested()
                        ? new Cause(
                                Weight.NOT_VISIBLE,
                                "The repository or the CI provider is not enrolled with the organization. A self-hosted"
                                        + " open-source control plane cannot enroll any.",
                                Cure.ENROLL)
                        : new Cause(
                                Weight.NOT_VISIBLE,
                                "The token that was sent had expired, was signed with another secret, or has an audience that the"
                                        + " server does not know.",
                                null);
    }

    private static Cause ofStranger(Lookalike stranger) {
        return new Cause(
                Weight.LIKELY,
                "What was sent" + stranger.what().substring("it".length())
                        + ". Chainloop accepts only its own tokens, and those of GitHub and GitLab.",
                Cure.CREATE_API_TOKEN);
    }

    /** Why the control plane's checks refuse a token where no other check follows. */
    static void ownChecks(Facts facts, Causes causes) {
        if (!facts.isKind(Audience.GENERIC)) {
            turnedAway(facts, causes);
        }
    }

    /** Why each of the control plane's checks refuses a token. */
    static void turnedAway(Facts facts, Causes causes) {
        if (causes.isCertain()) {
            causes.hidden("It may also have been signed with another secret.", null);
        } else if (facts.stranger().isPresent()) {
            causes.add(ofStranger(facts.stranger().get()));
        } else if (facts.isKind(Audience.GENERIC)) {
            causes.add(
                    facts.isRequested()
                            ? ofIssuer(facts)
                            : new Cause(
                                    Weight.NOT_VISIBLE,
                                    "The CI provider or the repository is not enrolled with the organization. A self-hosted"
                                            + " open-source control plane cannot enroll any.",
                                    Cure.ENROLL));
        } else {
            causes.left(
                    "It was not signed with the server's secret: it comes from another installation, its signature is"
                            + " damaged, or the secret has changed (`chainloop-token help secret`). Nothing else in it"
                            + " explains the refusal.",
                    Cure.CHECK_CONTROL_PLANE);
        }
    }

    /** What else the message may mean of a token that is not seen to have expired. */
    static Optional<Cause> perhapsExpired(Facts facts) {
        boolean old = facts.says("authentication") && !facts.testimony.tellsReasons();
        return facts.isExpired()
                ? Optional.empty()
                : Optional.of(new Cause(
                        Weight.NOT_VISIBLE,
                        "Whether it had expired, or was not valid yet, even if only by a second"
                                + (old ? "; CLIs before v1.89.7 say this of every refusal." : "."),
                        null));
    }

    static void expired(Facts facts, Causes causes) {
        if (causes.isCertain() || !facts.hasToken()) {
            return;
        }
        Optional<Finding> worst = facts.diagnosis.firstError();
        if (worst.isPresent() && facts.says("authentication")) { // The CLI's words, not the server's.
            causes.likely(worst.get().message(), worst.get().cure());
            return;
        }
        boolean ends = facts.hasExpClaim();
        if (facts.says("authentication") && !facts.testimony.tellsReasons()) {
            causes.likely(
                    "CLIs before v1.89.7 say this whenever the server refuses a token, whatever its reason (Chainloop #2922, #2945).",
                    Cure.UPDATE_CLI);
            causes.likely(
                    "If the CLI is newer, a different token was sent"
                            + (ends ? ", or this machine's clock is wrong." : ": this one never expires."),
                    Cure.ASK_SERVER);
            return;
        }
        if (ends) {
            causes.likely("By this machine's clock it has not expired, but that clock may be wrong.", Cure.SET_CLOCK);
        }
        causes.likely(
                (ends ? "If the clock is right," : "It has no exp claim and never expires, so")
                        + " a different token was sent.",
                Cure.ASK_SERVER);
        causes.hidden(
                "If an upload or a download failed, the expired token is the artifact store's own, which lasts 30 seconds"
                        + " (Chainloop #1533, #1539).",
                Cure.TRY_AGAIN);
    }

    static void missing(Facts facts, Causes causes) {
        Inspection inspection = facts.inspection;
        if (facts.evidence.isMinted()) {
            causes.likely(
                    "The command was not one of `chainloop attestation`; only those use a federated token, and a"
                            + " self-hosted open-source control plane accepts none.",
                    Cure.HAND_IN);
        }
        if (inspection.status() == Status.NONE) {
            return;
        }
        Optional<Finding> worst = facts.diagnosis.firstError();
        if (inspection.isFrom(SourceKind.GITLAB) && worst.isPresent()) {
            boolean told = worst.get().rule() == Rule.UNKNOWN_AUDIENCE;
            String dropped = told ? "" : " The CLI silently drops such a token in $GITLAB_OIDC.";
            causes.certain(worst.get().message() + dropped, worst.get().cure());
            return;
        }
        Optional<Cause> lost = facts.lostOnTheWay();
        if (lost.isPresent()) {
            causes.clear(Alibi.because("was not handed on"));
            causes.add(lost.get());
            return;
        }
        causes.clear(Alibi.because("would have been sent"));
        causes.likely(
                "The command ran where this token is not visible: as another user, in another job or container, or with"
                        + " another HOME.",
                Cure.LOOK_THERE);
        if (facts.isKind(Audience.GENERIC)) {
            causes.likely(
                    "The command was not one of `chainloop attestation`; only those use a federated token.",
                    Cure.CREATE_API_TOKEN);
        }
    }

    static void tokenRequired(Facts facts, Causes causes) {
        if (facts.evidence.search().looked(SourceKind.ENVIRONMENT).orElse(null) instanceof Look.Found) {
            causes.likely(
                    "The command ran where $CHAINLOOP_TOKEN is not visible: in another job, step or container.",
                    Cure.HAND_IN);
        } else {
            causes.certain("$CHAINLOOP_TOKEN is not set here, and a CLI that old reads nothing else.", Cure.UPDATE_CLI);
        }
    }

    static void outdated(Facts facts, Causes causes) {
        ApiToken api = (ApiToken) Objects.requireNonNull(facts.inspection.token());
        String what = what(facts, api);
        if (limit(api, what).isPresent()) {
            causes.likely(
                    "The " + what + " was created again or moved after this token was created.",
                    Cure.REPLACE_API_TOKEN);
        } else {
            causes.clear(Alibi.because("names no " + what));
        }
    }

    static void scope(Facts facts, Causes causes) {
        ApiToken api = (ApiToken) Objects.requireNonNull(facts.inspection.token());
        if (api.isOfInstance()) {
            causes.clear(Alibi.because("is for the whole instance"));
            return;
        }
        if (api.isOfProduct() && !facts.says("organization")) {
            causes.likely(
                    "This token is for a product, to which the " + (facts.says("workflow") ? "workflow" : "project")
                            + " that the command names may not belong.",
                    Cure.USE_IN_SCOPE);
            return;
        }
        String what = what(facts, api);
        Token.Named limit = limit(api, what);
        boolean limited = limit.isPresent() || (what.equals("project") && api.isOfProject());
        boolean organization = what.equals("organization");
        if (!limited || (organization && !facts.says(what))) {
            causes.clear(Alibi.because("is not limited to a " + (organization ? "part of its organization" : what)));
        } else if (facts.name.isPresent()
                && limit.name()
                        .filter(own -> !own.equalsIgnoreCase(facts.name.get()))
                        .isPresent()) {
            causes.clear(Alibi.because(
                    "is for the " + what + " " + Form.quoted(limit.name().get())));
        } else {
            causes.certain(
                    limit.name()
                            .map(own -> "This token is for the " + what + " " + Form.quoted(own) + " only"
                                    + named(facts, what) + ".")
                            .orElse("This token is for one " + what + " only, which it does not name"
                                    + named(facts, what) + "."),
                    organization ? Cure.USE_OWN_ORGANIZATION : Cure.USE_IN_SCOPE);
        }
    }

    /** What the command names instead, as far as the text shows that. */
    private static String named(Facts facts, String what) {
        Optional<String> named = what.equals("project")
                ? facts.otherProject()
                : what.equals("workflow") ? facts.otherWorkflow() : facts.otherOrganization();
        return named.map(other -> ", and " + other).orElse("");
    }

    /** What the command names that the API token is not for. */
    static void outOfScope(Facts facts, Causes causes) {
        if (!(facts.inspection.token() instanceof ApiToken api)) {
            return;
        }
        facts.otherOrganization()
                .ifPresent(other -> causes.likely(
                        "This token works in " + own(api.organization()) + " only, and " + other
                                + ", which the server ignores with an API token.",
                        Cure.USE_OWN_ORGANIZATION));
        facts.otherProject()
                .ifPresent(other -> causes.likely(
                        "This token is for the project " + own(api.project()) + " only, and " + other + ".",
                        Cure.USE_IN_SCOPE));
        facts.otherWorkflow()
                .ifPresent(other -> causes.likely(
                        "This token is for the workflow " + own(api.workflow()) + " only, and " + other + ".",
                        Cure.USE_IN_SCOPE));
    }

    private static String own(Token.Named claim) {
        return Form.quoted(claim.name().orElse(""));
    }

    /** A project that does not exist is made by the first attestation, but not with a token of another project. */
    static void projectCreation(Facts facts, Causes causes) {
        if (!(facts.inspection.token() instanceof ApiToken api)) {
            return;
        }
        if (api.isOfProject()) {
            String own = api.project()
                    .name()
                    .map(name -> "the project " + Form.quoted(name))
                    .orElse("one project");
            causes.certain(
                    "This token is for " + own + " only, so it may create none"
                            + facts.otherProject()
                                    .map(other -> "; " + other + ", which does not exist yet")
                                    .orElse("; the command names one that does not exist yet")
                            + ".",
                    Cure.CREATE_PROJECT);
        } else if (!api.isOfProduct() && !api.isOfInstance()) {
            causes.clear(Alibi.because("is for the whole organization, and may create projects"));
        }
    }

    /** What the message is about; if it does not say, the narrowest part that the token is for. */
    private static String what(Facts facts, ApiToken api) {
        for (String one : List.of("organization", "workflow", "project")) {
            if (facts.says(one)) {
                return one;
            }
        }
        return api.workflow().isPresent() ? "workflow" : api.isOfProject() ? "project" : "organization";
    }

    private static Token.Named limit(ApiToken api, String what) {
        return what.equals("workflow") ? api.workflow() : what.equals("project") ? api.project() : api.organization();
    }

    static void authType(Facts facts, Causes causes) {
        if (causes.isCertain() || !facts.hasToken()) {
            return;
        }
        if (facts.isKind(Audience.GENERIC)) {
            causes.likely(
                    "Those two versions of the CLI do not know federated tokens (Chainloop #2160).", Cure.UPDATE_CLI);
        } else {
            causes.clear(Alibi.because("has a type"));
        }
    }

    static void notAMember(Facts facts, Causes causes) {
        String name = facts.evidence.search().config().organization().orElse("");
        if (!name.isEmpty()) {
            causes.likely(
                    "The config file names "
                            + (Form.isLabel(name) ? "the organization " + Form.quoted(name) : "an organization")
                            + "; the user is not in it, or its name is spelled differently.",
                    Cure.CHOOSE_ORGANIZATION);
        }
    }

    static void lineEnd(Facts facts, Causes causes) {
        if (facts.hasToken() && (!causes.isCertain() || !facts.isUnsendable())) {
            causes.clear(Alibi.because("contains no line end and no control character"));
            causes.hidden("A proxy that does not speak HTTP/2 causes the same error.", null);
        }
    }
}
