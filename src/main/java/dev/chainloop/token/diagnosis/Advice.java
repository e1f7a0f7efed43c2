package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.TokenShape;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.Surroundings;
import dev.chainloop.token.source.Surroundings.CiSystem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to do about a token: the one place that every finding, check and explanation asks. The advice fits the
 * environment that this runs in, and its commands can be pasted as they are. Their flags are those of the Chainloop
 * CLI's reference.
 */
final class Advice {
    private static final String API_TOKEN = "chainloop organization api-token ";
    private static final String UNSET = "`unset CHAINLOOP_TOKEN`";

    private final Evidence evidence;
    private final Inspection inspection;
    private final Surroundings here;
    private final OtherTokens others;

    Advice(Evidence evidence) {
        this.evidence = evidence;
        this.inspection = evidence.inspection();
        this.here = evidence.surroundings();
        this.others = new OtherTokens(evidence);
    }

    /** How to replace this token by one that works. */
    String renewal() {
        return renewal(matched());
    }

    /** How to get a working token of a kind, here. */
    String renewal(Optional<Audience> kind) {
        String instead = liveInstead();
        if (!instead.isEmpty()) {
            return instead;
        }
        if (kind.isEmpty()) {
            return anyToken();
        }
        return switch (kind.get()) {
            case API_TOKEN -> newApiToken("");
            case USER -> login();
            case GENERIC -> newFederated();
        };
    }

    /** How to replace this token by one that expires. */
    String expiring() {
        return matched().equals(Optional.of(Audience.API_TOKEN)) || matched().isEmpty()
                ? newApiToken(" --expiration 720h")
                : renewal();
    }

    /** How to log in; in a CI job, what to do instead. */
    String login() {
        if (here.ci().isPresent()) {
            return "A login does not help in a CI job, which needs an API token. " + firstApiToken();
        }
        Look.@Nullable Found login = others.login(inspection);
        if (login != null) {
            return use(login);
        }
        return freshLogin(here.variableSet() ? ": the variable wins over any login." : ".");
    }

    /** What to do about a config file that is empty, perhaps only for a moment. */
    String waitForConfig() {
        return "Wait until other chainloop commands have finished."
                + (here.ci().isPresent() ? "" : " If it stays empty, " + continued(login()));
    }

    /**
     * What to do about a source that cannot be read, and about the login that goes with a config file moved away. The
     * CLI makes a new file only in the default place.
     */
    String unreadable(String remedy) {
        boolean logsIn =
                here.ci().isEmpty() && !here.variableSet() && namedConfig().isEmpty();
        return logsIn && remedy.endsWith(ConfigReading.Unreadable.MOVE_AWAY)
                ? remedy.substring(0, remedy.length() - 1) + " and " + continued(login())
                : remedy;
    }

    /** How to log in again after a login that failed. */
    String newLogin() {
        return here.ci().isPresent()
                ? login()
                : freshLogin(here.browser() ? "; on a machine without a browser, add `--skip-browser`." : ".");
    }

    /** How to have an account that is gone created again. */
    String newAccount() {
        return here.ci().isPresent() ? login() : freshLogin(". That creates the account again.");
    }

    private String freshLogin(String end) {
        return "Run " + (here.variableSet() ? UNSET + ", then " : "") + loginCommand() + end;
    }

    /** How to use a token that is where a login belongs. */
    String useAsVariable() {
        return (here.ci().isPresent() ? "" : "To work as yourself, run " + loginCommand() + ". ")
                + "To use this token, set $CHAINLOOP_TOKEN to it.";
    }

    /** How to run a command that needs a person's login. */
    String asPerson() {
        return here.ci().isPresent()
                ? "Run that command on your own machine, logged in as yourself: a CI job has no login."
                : login();
    }

    /** How to replace an API token that the server has revoked, which leaves its name free. */
    String afterRevocation() {
        @Nullable ApiToken api = api();
        String name = api == null ? "NAME" : shown(api.name(), "NAME");
        String list = "`" + API_TOKEN + "list --status all`";
        return managed(list) + " to see what became of it, then " + createCommand(name, "") + ", and " + store() + ".";
    }

    private String loginCommand() {
        return "`chainloop auth login" + (here.browser() ? "" : " --skip-browser") + namedConfig() + "`";
    }

    private String withNamedConfig() {
        String option = namedConfig();
        return option.isEmpty() ? "" : " with `" + option.substring(1) + "`";
    }

    /** The option for the config file that was looked at, unless the CLI reads that one anyway. */
    private String namedConfig() {
        for (Look look : evidence.search().looked()) {
            String name = look.origin().name();
            if (look.origin().kind() == SourceKind.CONFIG
                    && here.config().isPresent()
                    && !here.config().get().toString().equals(name)) {
                return " --config " + pathWord(name);
            }
        }
        return "";
    }

    /** How to get a token when nothing says which kind is needed. */
    private String anyToken() {
        if (here.ci().isPresent()) {
            return firstApiToken();
        }
        return here.variableSet()
                ? "Run " + UNSET + ", then " + loginCommand() + "; or set the variable to an API token."
                : "Run " + loginCommand() + ", or set $CHAINLOOP_TOKEN to an API token.";
    }

    /** What to do about a federated token that was used for more than attestations. */
    String otherCommands() {
        return "For commands other than `chainloop attestation`, use an API token: " + continued(firstApiToken());
    }

    /** What to do about a token that another control plane than the one asked has signed. */
    String otherInstallation() {
        return "Use it with the control plane that issued it. For this one, " + continued(renewal());
    }

    /** How to get a first API token for a pipeline. */
    String firstApiToken() {
        return firstApiToken("");
    }

    /** How to get a token for more than this one's project. */
    String widerToken() {
        @Nullable ApiToken api = api();
        String create = "`" + API_TOKEN + "create --name NAME" + (api == null ? "" : organization(api)) + "`";
        return managed(create) + ", and " + store() + ".";
    }

    private String firstApiToken(String options) {
        return managed(createCommand("NAME", options))
                + (here.ci().isPresent()
                        ? ", and " + store() + "."
                        : ", and store the token as the job's secret CHAINLOOP_TOKEN.");
    }

    /** How to replace an API token. Its name stays taken until it is revoked, even when it has expired. */
    private String newApiToken(String options) {
        @Nullable ApiToken api = api();
        boolean dead = inspection.expired().orElse(false);
        if (api == null) {
            return firstApiToken(options);
        }
        String revoke = "`" + API_TOKEN + "revoke --id " + shown(Optional.of(api.id()), "ID") + organization(api) + "`";
        String name = shown(api.name(), "NAME");
        boolean named = !name.equals("NAME");
        String create = createCommand(
                dead || !named ? name : shown(Optional.of(api.name().orElse("") + "-2"), "NAME"), options);
        String workflow = api.workflow().isPresent()
                ? " The CLI has no flag that limits a token to a workflow: create such a token where this one was"
                        + " created."
                : "";
        return dead
                ? managed(revoke) + ", then " + create + ": its name is taken until it is revoked. Then " + store()
                        + "." + workflow
                : managed(create) + " and " + store() + ", then run " + revoke + "." + workflow;
    }

    /** Where to run a command that manages tokens, and what before it. */
    private String managed(String command) {
        return (here.ci().isPresent() ? "On your own machine run " : "Run " + beforeManaging()) + command;
    }

    /** What to run first: managing tokens needs a token too, and not this one. */
    private String beforeManaging() {
        String unset = here.variableSet() ? UNSET + ", " : "";
        boolean loginUnknown = evidence.search().asked();
        return loginUnknown || isLoggedIn() ? unset : unset + loginCommand() + ", ";
    }

    private boolean isLoggedIn() {
        return others.login(null) != null;
    }

    private String createCommand(String name, String options) {
        @Nullable ApiToken api = api();
        if (api == null) {
            return "`" + API_TOKEN + "create --name " + name + options + "`";
        }
        String project =
                api.project().isPresent() ? " --project " + shown(api.project().name(), "NAME") : "";
        return "`" + API_TOKEN + "create --name " + name + project + organization(api) + options + "`";
    }

    /** The option for the token's organization, unless the config file in use names it already. */
    private String organization(ApiToken api) {
        Optional<String> own = api.organization().name();
        boolean given = here.ci().isEmpty()
                && evidence.search().config() instanceof ConfigReading.Read config
                && own.isPresent()
                && own.get().equalsIgnoreCase(config.organization().orElse(""));
        return own.isEmpty() || given ? "" : " --org " + shown(own, "NAME");
    }

    /** Where to store a new API token, a phrase. */
    private String store() {
        return here.ci().isPresent()
                ? "give " + store("the new value")
                : inspection.origin() == null
                        ? "set $CHAINLOOP_TOKEN to the new token"
                        : "put the new token where this one was";
    }

    /** Where a job's value is stored, to follow "give". */
    private String store(String value) {
        if (here.isIn(CiSystem.GITHUB)) {
            String repository = here.repository();
            return "the job's secret " + value + ": `gh secret set CHAINLOOP_TOKEN"
                    + (repository.isEmpty() ? "" : " --repo " + shown(Optional.of(repository), "OWNER/NAME"))
                    + "` (with `--env NAME` where the job names an environment)";
        }
        return here.isIn(CiSystem.GITLAB)
                ? "the CI/CD variable CHAINLOOP_TOKEN " + value + " (Settings > CI/CD > Variables)"
                : "the job's secret behind $CHAINLOOP_TOKEN " + value;
    }

    /** How to get a federated token, which lives for minutes. */
    String newFederated() {
        if (here.isIn(CiSystem.GITLAB)) {
            return "Start a new job: GitLab gives it a new token through `id_tokens: GITLAB_OIDC: aud: chainloop`.";
        }
        if (here.isIn(CiSystem.GITHUB) && here.canMint() && inspection.isFrom(SourceKind.ENVIRONMENT)) {
            return "Remove $CHAINLOOP_TOKEN from the job: attestation commands then get a fresh token here."
                    + " Elsewhere, request one just before use, with the audience chainloop.";
        }
        String github = "Request a new one just before use, with the audience chainloop; the job needs"
                + " `permissions: id-token: write`.";
        return here.isIn(CiSystem.GITHUB)
                ? github
                : "A login does not help: a CI job requests such a token just before use, with the audience"
                        + " chainloop (GitHub: `permissions: id-token: write`; GitLab: `id_tokens: GITLAB_OIDC: aud:"
                        + " chainloop`).";
    }

    /** How to have a CI provider issue a token with Chainloop's audience. */
    String rightAudience() {
        String github = "on GitHub add `&audience=chainloop` to the request for it";
        String gitlab = "in the job's `id_tokens`, give GITLAB_OIDC `aud: chainloop`";
        String how = here.isIn(CiSystem.GITHUB)
                ? github
                : here.isIn(CiSystem.GITLAB) ? gitlab : github + "; on GitLab, " + gitlab;
        return "Request it with the audience chainloop: " + how + ".";
    }

    /** What to do where there is no token at all. */
    String noToken() {
        String instead = liveInstead();
        if (!instead.isEmpty()) {
            return instead;
        }
        if (evidence.search().asked() && here.variableSet()) {
            return "The given source holds none; run `chainloop-token sources` to see what the others hold.";
        }
        if (isBlank() && here.ci().isPresent()) {
            return "A blank value is sent, and refused. Give " + store("a token")
                    + (here.canMint() ? ". For attestations only, remove $CHAINLOOP_TOKEN from the job." : ".");
        }
        if (here.isIn(CiSystem.GITHUB)) {
            return noTokenOnGithub();
        }
        if (here.isIn(CiSystem.GITLAB)) {
            return "Add the CI/CD variable CHAINLOOP_TOKEN (Settings > CI/CD > Variables; a protected one reaches"
                    + " only protected branches, and no fork), or for attestations the job's `id_tokens:"
                    + " GITLAB_OIDC: aud: chainloop`.";
        }
        if (here.ci().isPresent()) {
            return "Pass a secret with an API token to the job as $CHAINLOOP_TOKEN. " + firstApiToken();
        }
        if (isBlank()) {
            return "Run " + UNSET + ": a blank value is sent, and refused. Then, without a login, run " + loginCommand()
                    + ".";
        }
        if (!evidence.otherConfigs().isEmpty()) {
            return readOther();
        }
        if (here.homeUnknown()) {
            return "Set $HOME to the home folder of the user who logged in, or $CHAINLOOP_TOKEN to an API token.";
        }
        return "Run " + loginCommand() + ", or set $CHAINLOOP_TOKEN to an API token.";
    }

    private String noTokenOnGithub() {
        String attestations =
                here.canMint() ? "" : " For attestations only, `permissions: id-token: write` is" + " enough.";
        return here.variableEmpty()
                ? "Check that the secret exists in the repository or in the job's `environment:`, and that a"
                        + " workflow which calls this one has `secrets: inherit`. Forks get no secrets: skip the job"
                        + " there with `if: github.event.pull_request.head.repo.fork != true`." + attestations
                : here.canMint()
                        ? "For other commands give the step `env: CHAINLOOP_TOKEN: ${{ secrets.CHAINLOOP_TOKEN }}`."
                        : "Give the step `env: CHAINLOOP_TOKEN: ${{ secrets.CHAINLOOP_TOKEN }}`." + attestations;
    }

    private boolean isBlank() {
        Optional<Look> deciding = evidence.search().deciding();
        return deciding.isPresent()
                && deciding.get() instanceof Look.Blank
                && deciding.get().origin().kind() == SourceKind.ENVIRONMENT;
    }

    /** How to use the other token when this one wins over it. */
    String unshadow() {
        if (!others.isThisUsable()) {
            return renewal();
        }
        return here.ci().isPresent()
                ? "If you mean the other one, remove $CHAINLOOP_TOKEN from the job."
                : "If you mean the other one, run " + UNSET + ".";
    }

    /** How to use a token in a variable that nothing reads. */
    String useStray() {
        String instead = liveInstead();
        return instead.isEmpty() ? "If you mean that one, set $CHAINLOOP_TOKEN to it." : instead;
    }

    /** How to use a config file in a place where the CLI does not look. */
    String readOther() {
        String path = shown(Optional.of(evidence.otherConfigs().get(0).toString()), "FILE");
        return here.sudo().isPresent()
                ? "Run the command without `sudo`, or with `--config " + path + "`."
                : here.configHome()
                        ? "Run `unset XDG_CONFIG_HOME`, or pass `--config " + path + "` to the commands."
                        : "Pass `--config " + path + "` to the commands, or move that file to where it is read.";
    }

    /** How to work in an organization other than the API token's. */
    String otherOrganization(String meant) {
        String name = shown(Optional.of(meant), "NAME");
        String unset = inspection.isFrom(SourceKind.ENVIRONMENT)
                        && isLoggedIn()
                        && here.ci().isEmpty()
                ? "run " + UNSET + " to work there as yourself, or "
                : "";
        return "If you mean " + name + ", " + unset
                + "use an API token of that organization; `organization set` does not change what an"
                + " API token is for.";
    }

    /** A path, as shown to a person. */
    String shownPath(String path) {
        boolean whole = here.sudo().isPresent() && !here.redacted();
        return TokenShape.hidden(whole ? path : ShellWord.shortened(path, here.home()));
    }

    /** What to do about a value with more than the token in it. */
    String bareToken() {
        boolean inConfig = inspection.isFrom(SourceKind.CONFIG);
        if (!others.isThisUsable()) {
            return "Store the new token there bare, with nothing around it and no trailing newline.";
        }
        if (here.ci().isPresent()) {
            return "Give "
                    + store(
                            evidence.search().found().orElseThrow().removed().isEmpty()
                                    ? "the bare token, without a trailing newline (`printf %s` writes none, `echo`"
                                            + " does)"
                                    : "the bare token, with nothing around it")
                    + ".";
        }
        if (inConfig) {
            return "Store the bare token there, with nothing around it, or run " + loginCommand() + ".";
        }
        Look.Found found = evidence.search().found().orElseThrow();
        String variable = found.origin().name();
        if (!found.removed().isEmpty() && !found.removed().equals(List.of(Look.Found.WHITE_SPACE))) {
            return "Store the bare token where $" + variable + " is set, with nothing around it.";
        }
        return "Remove it where the value is set (use `printf %s` instead of `echo`), or here: `export " + variable
                + "=\"$(printf %s \"$" + variable + "\" | tr -d '[:space:]')\"`.";
    }

    /** What to do about a value that is not a token, where its source allows for better advice. */
    String malformed(String otherwise) {
        if (inspection.isFrom(SourceKind.CONFIG)) {
            return here.ci().isPresent() ? anyToken() : "Run " + loginCommand() + " to write it again.";
        }
        if (!inspection.isFrom(SourceKind.ENVIRONMENT)) {
            return otherwise;
        }
        String instead = liveInstead();
        if (!instead.isEmpty()) {
            return instead;
        }
        return here.ci().isPresent() ? "Give " + store("a complete token") + "." : anyToken();
    }

    /** Where to look when a different token was sent. */
    String findOther() {
        String fitting = others.fitting("", Optional.empty());
        return (fitting.isEmpty() ? "" : "It may have been " + fitting + ". ")
                + "Run `chainloop-token sources` in the environment where the command failed.";
    }

    /**
     * Where to look when a different token was sent, whose issuer is known.
     *
     * @param issuer the issuer that the message names; may be empty
     * @param kind the kind of that token, if it is known
     */
    String findOther(String issuer, Optional<Audience> kind) {
        String fitting = others.fitting(issuer, kind);
        return fitting.isEmpty()
                ? "Run `chainloop-token sources` in the environment where the command failed."
                : "That fits " + fitting + ": run `chainloop-token sources` in the environment where the command"
                        + " failed.";
    }

    /** Where to see which control plane is asked. */
    String controlPlane() {
        Optional<Host> host = evidence.search().host();
        return host.isEmpty()
                ? "Check which control plane the CLI talks to: `control-plane.api` in its config file, or"
                        + " $CHAINLOOP_CONTROL_PLANE_API, which wins over it."
                : "Check whether it is meant for the control plane that the CLI talks to: "
                        + host.get().address() + " (" + host.get().from() + ").";
    }

    /**
     * How to use another token that was found here, has a type and has not expired; empty when there is none, or when
     * the user named this one.
     */
    private String liveInstead() {
        Look.@Nullable Found found = others.usable();
        return found == null ? "" : use(found);
    }

    /** How to use another token instead of this one. */
    private String use(Look.Found found) {
        boolean federated = others.look(found).isKind(Audience.GENERIC);
        String what = others.described(found);
        if (others.isThisExplicit()) {
            return "Use the " + what + " instead.";
        }
        if (found.origin().kind() == SourceKind.ENVIRONMENT) {
            String name = found.origin().name();
            if (federated && here.isIn(CiSystem.GITLAB)) {
                return "Name it GITLAB_OIDC under the job's `id_tokens`, which is what the CLI reads"
                        + (here.variableSet() ? ", and remove $CHAINLOOP_TOKEN from the job" : "") + ": there is the "
                        + what + ".";
            }
            return here.ci().isPresent()
                    ? "Have the job set $CHAINLOOP_TOKEN, which the CLI reads: there is the " + what + "."
                    : (ShellWord.isName(name)
                                    ? "Run `export CHAINLOOP_TOKEN=\"$" + name + "\"`"
                                    : "Set $CHAINLOOP_TOKEN to the value of that variable")
                            + ": there is the " + what + ".";
        }
        return (here.ci().isPresent() ? "Remove $CHAINLOOP_TOKEN from the job" : "Run " + UNSET)
                + (federated
                        ? ": then attestation commands use the " + what + "."
                        : ": then the " + what + " is used" + withNamedConfig() + ".");
    }

    /** How to use a token of an expected kind that was found here, or how to get one. */
    String ofKind(Expectations expectations) {
        Look.@Nullable Found found = others.ofKind(expectations);
        if (found != null) {
            return use(found);
        }
        if (expectations.accepts(Audience.API_TOKEN)) {
            return firstApiToken();
        }
        if (here.ci().isPresent() && !expectations.accepts(Audience.GENERIC)) {
            return "A CI job has no login: accept another kind here, or run this where somebody has logged in.";
        }
        return here.ci().isEmpty() && expectations.accepts(Audience.USER) ? login() : newFederated();
    }

    /** How to get a token that meets expectations, where there is none; in a job, the secret may be missing. */
    String first(Expectations expectations) {
        if (here.ci().isPresent() && expectations.accepts(Audience.API_TOKEN)) {
            return noToken();
        }
        return expectations.haveScope()
                ? scoped(expectations)
                : expectations.acceptsAnyKind() ? noToken() : ofKind(expectations);
    }

    /** How to use a token found here whose scope is as expected, or how to get one. */
    String scoped(Expectations expectations) {
        Look.@Nullable Found found = others.scoped(expectations);
        if (found != null) {
            return use(found);
        }
        String project = expectations.project().isEmpty() ? "" : " --project " + shown(expectations.project(), "NAME");
        Optional<String> named = expectations.organization().isPresent()
                ? expectations.organization()
                : inspection.token() instanceof ApiToken api
                        ? api.organization().name()
                        : Optional.empty();
        String organization = named.isEmpty() ? "" : " --org " + shown(named, "NAME");
        String create = "`" + API_TOKEN + "create --name NAME" + project + organization + "`";
        return managed(create) + ", and " + store() + ".";
    }

    private @Nullable ApiToken api() {
        return inspection.token() instanceof ApiToken api ? api : null;
    }

    private Optional<Audience> matched() {
        return inspection.decoded() != null ? inspection.decoded().claims().matchedAudience() : Optional.empty();
    }

    /** A sentence that goes on with another one. */
    static String continued(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /** A value as a shell word; a placeholder where it is missing, unsafe to paste, or redacted. */
    private String shown(Optional<String> value, String placeholder) {
        return value.isEmpty() || here.redacted() || !ShellWord.isPasteable(value.get()) || TokenShape.isIn(value.get())
                ? placeholder
                : ShellWord.of(value.get());
    }

    /** The config file's path as a shell word. */
    String configWord() {
        return inspection.origin() == null
                ? "FILE"
                : pathWord(inspection.origin().name());
    }

    private String pathWord(String path) {
        return here.redacted()
                ? "FILE"
                : ShellWord.ofPath(path, here.sudo().isPresent() ? Optional.empty() : here.home());
    }
}
