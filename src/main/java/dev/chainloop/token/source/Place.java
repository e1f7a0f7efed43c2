package dev.chainloop.token.source;

import dev.chainloop.token.core.Keyword;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The kinds of place where a command runs, in the order in which they are recognized: CI systems, the general sign last,
 * then the machines that a job of theirs may run on. All that differs from one to the next stands in its row.
 */
public enum Place implements Keyword {
    /** Both set GitHub's variables, too; neither has GitHub's tokens. */
    ACT(PlaceRow.ci("act")
            .log(
                    "(?m:^)\\[[^\\]\\n]{1,80}/[^\\]\\n]{1,80}\\] {1,4}(?:\\|(?: |$)|[\\u2705\\u274c\\u2b50\\u2757]|\\x{1f680}|\\x{1f433}|\\x{1f3c1})")
            .sign(Sign.ACT)
            .setting("in the workflow's step", "env:", "  NAME: \"VALUE\"")
            .kept("CHAINLOOP_TOKEN where act is started")
            .handIn(
                    "Export CHAINLOOP_TOKEN where act is started, and hand it in as a secret (the step's `env:` has"
                            + " `CHAINLOOP_TOKEN: ${{ secrets.CHAINLOOP_TOKEN }}`)",
                    "act -s CHAINLOOP_TOKEN")),
    GITEA(PlaceRow.ci("Gitea or Forgejo Actions", "GITEA_ACTIONS", "FORGEJO_ACTIONS")
            .changes("those from forks get no secrets", "GITHUB_EVENT_NAME=pull_request")
            .log("\\(version:?[ v]{1,2}[\\w.+-]{1,30}\\) received task \\d|[ =\"]/(?:root|data)/[.]cache/act/")
            .forks(Forks::onGithub)
            .skipFork(
                    "Skip the job for pull requests from forks, which get no secrets",
                    "if: github.event_name != 'pull_request' ||",
                    "  github.event.pull_request.head.repo.full_name == github.repository")
            .setting("in the workflow's step", "env:", "  NAME: \"VALUE\"")
            .kept("the secret CHAINLOOP_TOKEN (the repository's Settings > Actions > Secrets)")
            .handIn(
                    "Hand the secret to the step in the workflow",
                    "env:",
                    "  CHAINLOOP_TOKEN: ${{ secrets.CHAINLOOP_TOKEN }}")),
    GITHUB(PlaceRow.ci("GitHub Actions", "GITHUB_ACTIONS")
            .prints("GITHUB_(?:EVENT_|RUN_|WORKFLOW|WORKSPACE)|RUNNER_(?:OS|TEMP|TOOL_CACHE)")
            .changes("those from forks get no secrets", "GITHUB_EVENT_NAME=pull_request")
            .log(
                    "(?m:^)[ \\t\\x0b\\f]*+::(error|warning|group|notice|debug)\\b|does your workflow have id-token"
                            + "|/(?:home|Users)/runner/(?!go/pkg/mod/|work/(?:chainloop/chainloop/|\\d{1,3}/))|/github/home/"
                            + "|[ =\"]/__w/(?!\\d{1,3}/)|not provided while calling|is only allowed '|##\\[error\\]Process completed with exit code|##\\[group\\]Run "
                            + "|(?m:^)[^\\t\\n]{1,80}\\t[^\\t\\n]{1,80}\\t\\d{4}-\\d\\d-\\d\\dT[\\d:.]{8,16}Z ",
                    // As a browser copies it.
                    "(?m:^)Error: Process completed with exit code \\d|(?m:^)[ \\t]{0,9}shell: /\\S{1,60} [^\\n]{0,60}\\{0\\}"
                            + "|(?m:^)Run chainloop [^\\n]{1,300}\\n[ \\t]{0,9}(?:chainloop |env:|shell:|with:)",
                    "(?<!\\w)Secret source: (?<secrets>Actions|Dependabot|Codespaces|None)\\b",
                    "Syncing repository: (?<repository>[\\w.-]{1,39}/[\\w.-]{1,99})")
            // Azure's logs have these, too; and the issuer can be named anywhere.
            .perhapsLog(PlaceRow.OF_GITHUBS_RUNNER + "|token\\.actions\\.githubusercontent\\.com")
            .forks(Forks::onGithub)
            .skipFork(
                    "Skip the job for pull requests from forks, which get no secrets",
                    "if: github.event_name != 'pull_request' ||",
                    "  github.event.pull_request.head.repo.full_name == github.repository")
            .setting("in the workflow's step", "env:", "  NAME: \"VALUE\"")
            .kept("the secret CHAINLOOP_TOKEN")
            .handIn(
                    "Hand the secret to the step in the workflow (if it is an environment's, with `environment:` in the job;"
                            + " in a called workflow, with `secrets: inherit` in the caller)",
                    "env:",
                    "  CHAINLOOP_TOKEN: ${{ secrets.CHAINLOOP_TOKEN }}")
            .store("printf %s \"$token\" | gh secret set CHAINLOOP_TOKEN")
            .asking("gh secret set CHAINLOOP_TOKEN")),
    GITLAB(PlaceRow.ci("GitLab CI", "GITLAB_CI")
            .prints(
                    "CI_(?:JOB_(?:ID|NAME|STAGE|STATUS|URL)|PIPELINE_(?:SOURCE|IID)|PROJECT_|MERGE_REQUEST_|RUNNER_|COMMIT_REF_)|GITLAB_USER_")
            .changes("those from forks get no CI/CD variables", "CI_PIPELINE_SOURCE=merge_request_event")
            .named(PlaceName.BRANCH, "CI_COMMIT_BRANCH")
            .log(
                    "section_(start|end):\\d+:|Running with gitlab-runner|ERROR: Job failed: |https://gitlab\\.com(?![/\\w])"
                            + "|connect to OIDC provider|invalid audience: expected|[ =\"]/builds/[\\w.-]"
                            + "|(?m:^)\\d{4}-\\d\\d-\\d\\dT[\\d:.]{8,18}Z \\d\\d[OE][ +]|Cleaning up project directory and file based variables",
                    "Checking out [0-9a-f]{7,40} as detached HEAD \\(ref is (?!refs/)(?<branch>[\\w./-]{1,80})\\)")
            .forks(Forks::onGitlab)
            .skipFork(
                    "Skip the job for merge requests from forks, which get no secrets",
                    "rules: # before any others",
                    "  - if: $CI_MERGE_REQUEST_SOURCE_PROJECT_ID != $CI_MERGE_REQUEST_PROJECT_ID",
                    "    when: never")
            .setting("in the job in .gitlab-ci.yml", "variables:", "  NAME: \"VALUE\"")
            .kept("the CI/CD variable CHAINLOOP_TOKEN (Settings > CI/CD > Variables)")
            .keptForProject("the project's own CI/CD variable CHAINLOOP_TOKEN, which wins over its group's (Settings >"
                    + " CI/CD > Variables)")
            .perhaps(
                    "the CI/CD variable CHAINLOOP_TOKEN exists",
                    "let it into this job: a protected one gets only to protected branches, so unprotect it or protect"
                            + " this branch; and its environment scope must be `*` or the job's `environment:`")
            .deniedBy(
                    "CI_COMMIT_REF_PROTECTED",
                    "true",
                    "let it into this job: its environment scope must be `*` or the job's `environment:`")
            .handIn("Add the CI/CD variable CHAINLOOP_TOKEN (Settings > CI/CD > Variables)")),
    AZURE(PlaceRow.ci("Azure Pipelines", "TF_BUILD")
            .prints(
                    "SYSTEM_(?:TEAM|PULLREQUEST|COLLECTION|DEFINITION|DEFAULTWORK)|BUILD_(?:BUILD[IN]|SOURCE[BV]|REASON)|AGENT_(?:JOB|WORKFOLDER)")
            .changes(
                    "those from forks get no secrets", "BUILD_REASON=PullRequest", "SYSTEM_PULLREQUEST_PULLREQUESTID=#")
            .forChange(
                    "the pull request is from a fork",
                    "make secrets available to builds of forks (Triggers > Pull request validation), or skip the job there",
                    "condition: and(succeeded(), ne(variables['System.PullRequest.IsFork'], 'True'))")
            .log(
                    "##vso\\[|##\\[section\\]|/home/vsts/|##\\[error\\](?:Bash|PowerShell|Cmd\\.exe|Script failed)"
                            + "|/__w/\\d{1,3}/|/Users/runner/work/\\d{1,3}/|[/\\\\]_work[/\\\\]\\d{1,3}[/\\\\]s\\b|[A-Z]:\\\\a\\\\\\d{1,3}\\\\s\\b")
            .perhapsLog(PlaceRow.OF_GITHUBS_RUNNER)
            .forks("SYSTEM_PULLREQUEST_ISFORK", "True")
            .skipFork(
                    "Skip the job for pull requests from forks, which get no secrets",
                    "condition: and(succeeded(), ne(variables['System.PullRequest.IsFork'], 'True'))")
            .setting("in the pipeline's step", "env:", "  NAME: \"VALUE\"")
            .kept("the secret variable CHAINLOOP_TOKEN of the pipeline, or of a variable group that it names")
            .perhaps(
                    "a variable group holds CHAINLOOP_TOKEN",
                    "link the group in the pipeline",
                    "variables:",
                    "  - group: GROUP")
            .handIn(
                    "Hand the secret variable to the step that runs the script",
                    "env:",
                    "  CHAINLOOP_TOKEN: $(CHAINLOOP_TOKEN)")),
    JENKINS(PlaceRow.ci("Jenkins", "JENKINS_URL")
            .prints("JENKINS_HOME|HUDSON_")
            .log(
                    "\\[Pipeline\\] |Finished: FAILURE|/var/(?:lib/jenkins|jenkins_home)/|(?:ERROR: |(?m:^))script returned exit code \\d|find credentials entry with ID|hudson[.]|groovy[.]lang[.]|marked build as failure|(?m:^)Started by (?:user|an SCM change|timer)")
            .sign(Sign.JENKINS)
            .setting("in the Jenkinsfile", "environment {", "  NAME = 'VALUE'", "}")
            .kept("the credential that the job reads (kind: Secret text)")
            .handIn(
                    "Wrap the step in the Jenkinsfile, with the ID of the credential (kind: Secret text)",
                    "withCredentials([string(credentialsId: 'ID', variable: 'CHAINLOOP_TOKEN')]) {",
                    "}")),
    CIRCLECI(PlaceRow.ci("CircleCI", "CIRCLECI")
            .prints("CIRCLE_")
            .changes("those from forks get no secrets", "CIRCLE_PR_NUMBER=#", "CIRCLE_PULL_REQUEST=https")
            .forChange(
                    "the pull request is from a fork",
                    "pass secrets to its builds (Project Settings > Advanced), or skip the job there",
                    "- run: '[ -z \"$CIRCLE_PR_NUMBER\" ] || circleci-agent step halt'")
            .log("Exited with code exit status \\d+|/home/circleci/")
            // Pull requests that are not from forks have only CIRCLE_PULL_REQUEST.
            .forks("CIRCLE_PR_NUMBER", "")
            .skipFork(
                    "Skip the job for pull requests from forks, which get no secrets",
                    "- run: '[ -z \"$CIRCLE_PR_NUMBER\" ] || circleci-agent step halt'")
            .setting("in the job in .circleci/config.yml", "environment:", "  NAME: \"VALUE\"")
            .kept("the variable CHAINLOOP_TOKEN of the job's context (Organization Settings > Contexts)")
            .keptForProject("the project's own variable CHAINLOOP_TOKEN (Project Settings > Environment Variables; a"
                    + " context that sets it wins, so take that from the job)")
            .handIn("Give the job the context that holds CHAINLOOP_TOKEN", "context: chainloop")),
    BUILDKITE(PlaceRow.ci("Buildkite", "BUILDKITE")
            .prints("BUILDKITE_")
            .changes("the secret's policy, or a hook of the agent, may withhold it there", "BUILDKITE_PULL_REQUEST=#")
            .forChange(
                    "the secret exists",
                    "let its policy allow pull requests, or skip the step on them",
                    "if: build.pull_request.id == null")
            .log(
                    "_bk;t=\\d+|The command exited with status \\d+|/buildkite/builds/",
                    "/buildkite-agent/builds/(?<host>[\\w.-]{1,63})/")
            .setting("in the pipeline's step", "env:", "  NAME: \"VALUE\"")
            .kept("the cluster secret CHAINLOOP_TOKEN")
            .assignedIn("BUILDKITE_HOOKS_PATH/environment")
            .handIn("Name the cluster secret in the pipeline's step", "secrets:", "  - CHAINLOOP_TOKEN")),
    TEAMCITY(PlaceRow.ci("TeamCity", "TEAMCITY_VERSION")
            .prints("TEAMCITY_")
            .log(
                    "##teamcity\\[|(?m:^)\\[\\d\\d:\\d\\d:\\d\\d\\][WEFi ]? ?:[\\t ]{0,9}\\[Step \\d{1,3}/\\d{1,3}\\]|/(?:opt/)?buildagent/work/"
                            + "|Process exited with code \\d{1,3} \\(Step: ")
            .setting(
                    "among the build's parameters (in the Kotlin DSL)",
                    "params {",
                    "  param(\"env.NAME\", \"VALUE\")",
                    "}")
            .secret("the build parameter env.CHAINLOOP_TOKEN (type: Password)")
            .perhaps("a parameter has another name", "name it env.CHAINLOOP_TOKEN: only `env.` makes it a variable")),
    BITBUCKET(PlaceRow.ci("Bitbucket Pipelines", "BITBUCKET_BUILD_NUMBER")
            .log(
                    "BITBUCKET_|/opt/atlassian/pipelines/|(?m:^)Build teardown started[.]|Searching for files matching artifact pattern")
            .setting("in the step's script, before the command", "- export NAME=\"VALUE\"")
            .secret("the secured repository variable CHAINLOOP_TOKEN")
            .perhaps(
                    "CHAINLOOP_TOKEN is a variable of a deployment environment",
                    "name that in the step",
                    "deployment: ENVIRONMENT")
            .deniedBy("BITBUCKET_DEPLOYMENT_ENVIRONMENT", "", "")),
    TRAVIS(PlaceRow.ci("Travis CI", "TRAVIS")
            .prints("TRAVIS_")
            .changes("those from forks get no secrets", "TRAVIS_EVENT_TYPE=pull_request", "TRAVIS_PULL_REQUEST=#")
            .log(
                    "travis_fold:(start|end)|/home/travis/|(?m:^)The command \"[^\"\\n]{1,200}\" (?:failed and )?exited with \\d")
            .forks(Forks::onTravis)
            .skipFork("Skip the job for pull requests: those from forks get no secrets", "if: type != pull_request")
            .setting("in .travis.yml", "env:", "  global:", "    - NAME=\"VALUE\"")
            .secret("the variable CHAINLOOP_TOKEN in the repository's settings")),
    TEKTON(PlaceRow.ci("Tekton", "TEKTON_RESOURCE_NAME")
            .log("(?m:^)\\[[a-z0-9-]{1,63} : [a-z0-9-]{1,63}\\] |/tekton/|(?<!\\w)tkn (?:\\S{1,60} ){1,6}?logs\\b")
            .file("/tekton/results")
            .pod("")
            .anew("start a new TaskRun or PipelineRun")
            .setting(
                    "in the Task's step",
                    "steps:",
                    "  - env: # beside the step's name",
                    "      - {name: NAME, value: \"VALUE\"}")
            .handIn(
                    "Hand the secret to the Task's step",
                    "steps:",
                    "  - env: # beside the step's name",
                    "      - name: CHAINLOOP_TOKEN",
                    "        valueFrom:",
                    "          secretKeyRef: {name: chainloop, key: token}")),
    ARGO(PlaceRow.ci("Argo Workflows", "ARGO_TEMPLATE")
            .log("argo=true|(?<!\\w)argo (?:-n \\S{1,63} )?logs\\b")
            .pod("Hand the secret to the template's container")
            .setting("in the template's container", "env:", "  - {name: NAME, value: \"VALUE\"}")
            .anew("submit the workflow again")),
    PROW(PlaceRow.ci("Prow", "PROW_JOB_ID")
            .log("\"component\" ?: ?\"entrypoint\"|test-infra/(?:pkg|prow)/|sigs[.]k8s[.]io/prow/")
            .pod("Hand the secret to the container in the job's spec")),
    WOODPECKER(PlaceRow.ci("Woodpecker CI", "CI_WORKFLOW_NUMBER")
            .prints("CI_(?:WORKFLOW_N|STEP_|FORGE_|SYSTEM_|REPO_|PIPELINE_(?:EVENT|NUMBER|FORGE))")
            .changes(
                    "a secret gets only to the events that it names, at first not to these",
                    "CI_PIPELINE_EVENT=pull_request")
            .forChange(
                    "the secret exists",
                    "allow it to pull requests, which get none by themselves (Settings > Secrets), or skip the step on them",
                    "when:",
                    "  event: [push, tag]")
            .sign(Sign.WOODPECKER)
            .log("[ =\"]/woodpecker/|(?m:^)\\[[\\w.-]{1,60}:L\\d{1,6}:\\d{1,6}s\\] ")
            .setting("in the step", "environment:", "  NAME: \"VALUE\"")
            .kept("the repository's secret chainloop_token")
            .handIn(
                    "Hand the secret to the step",
                    "environment:",
                    "  CHAINLOOP_TOKEN: {from_secret: chainloop_token}")),
    /** It sets Drone's variables, too. */
    HARNESS(PlaceRow.ci("Harness CI", "HARNESS_BUILD_ID")
            .prints("HARNESS_")
            .log("[ =\"]/harness(?:/|\\s|$)|<\\+(?:secrets|pipeline)[.]")
            .setting("in the step", "envVariables:", "  NAME: \"VALUE\"")
            .kept("the secret CHAINLOOP_TOKEN of the project")
            .handIn(
                    "Hand the secret to the step",
                    "envVariables:",
                    "  CHAINLOOP_TOKEN: <+secrets.getValue(\"CHAINLOOP_TOKEN\")>")),
    DRONE(PlaceRow.ci("Drone", "DRONE")
            .prints("DRONE_")
            .changes(
                    "a secret gets there only if it allows that",
                    "DRONE_BUILD_EVENT=pull_request",
                    "DRONE_PULL_REQUEST=#")
            .forChange(
                    "the secret exists",
                    "allow it to pull requests, which get none by themselves (Settings > Secrets), or skip the step on them",
                    "when:",
                    "  event: [push, tag]")
            .log("[ =\"]/drone/src\\b")
            .setting("in the step", "environment:", "  NAME: \"VALUE\"")
            .kept("the repository's secret CHAINLOOP_TOKEN")
            .handIn(
                    "Hand the secret to the step",
                    "environment:",
                    "  CHAINLOOP_TOKEN: {from_secret: CHAINLOOP_TOKEN}")),
    APPVEYOR(PlaceRow.ci("AppVeyor", "APPVEYOR")
            .prints("APPVEYOR_")
            .changes("they get no secure variables unless the project allows it", "APPVEYOR_PULL_REQUEST_NUMBER=#")
            .forChange(
                    "the variable exists",
                    "enable secure variables in pull requests from the same repository (Settings > General), or skip the"
                            + " command in pull requests")
            .log("[ =\"]/home/appveyor/|[ =\"]C:\\\\projects\\\\|appveyor PushArtifact")
            .forks("APPVEYOR_PULL_REQUEST_NUMBER", "")
            .skipFork("Skip the command in pull requests: those from forks get no secure variables")
            .setting("in appveyor.yml", "environment:", "  NAME: \"VALUE\"")
            .secret("the encrypted variable CHAINLOOP_TOKEN in the project's settings (Environment)")),
    SEMAPHORE(PlaceRow.ci("Semaphore", "SEMAPHORE")
            .prints("SEMAPHORE_")
            .changes(
                    "those from forks get only the secrets that the project allows them",
                    "SEMAPHORE_GIT_REF_TYPE=pull-request",
                    "SEMAPHORE_GIT_PR_NUMBER=#")
            .forChange(
                    "the pull request is from a fork",
                    "allow the secret to it (the project's settings for pull requests), or skip the block there")
            .log("/home/semaphore/")
            .setting("in the pipeline's block", "task:", "  env_vars:", "    - {name: NAME, value: \"VALUE\"}")
            .kept("the variable CHAINLOOP_TOKEN of the secret that the block names")
            .handIn("Name the secret in the pipeline's block", "task:", "  secrets:", "    - name: SECRET")),
    CODEFRESH(PlaceRow.ci("Codefresh", "CF_BUILD_ID")
            .prints("CF_(?:BUILD|PIPELINE|REPO|PULL_REQUEST|BRANCH)")
            .log("/codefresh/volume/")
            .setting("in the step", "environment:", "  - NAME=VALUE")
            .secret("the encrypted variable CHAINLOOP_TOKEN of the pipeline")),
    CODEBUILD(PlaceRow.ci("AWS CodeBuild", "CODEBUILD_BUILD_ID")
            .prints("CODEBUILD_")
            .log("(?m:^)\\[Container\\] \\d{4}/\\d\\d/\\d\\d |/codebuild/output/")
            .setting("in buildspec.yml", "env:", "  variables:", "    NAME: \"VALUE\"")
            .kept("the secret in AWS Secrets Manager that buildspec.yml names")
            .handIn(
                    "Name the secret in buildspec.yml, and let the project's role read it",
                    "env:",
                    "  secrets-manager:",
                    "    CHAINLOOP_TOKEN: SECRET")),
    CLOUD_BUILD(PlaceRow.ci("Google Cloud Build")
            .log(
                    "(?m:^)(?:Starting |Finished )?Step #\\d{1,3}(?: - \"[^\"\\n]{1,60}\")?(?:: |$)|(?<!\\w)build step \\d{1,3} \"[^\"\\n]{1,200}\" failed|/builder/home\\b|failed to access secret version for secret")
            .home("/builder/home")
            .setting("in the step in cloudbuild.yaml", "env: [\"NAME=VALUE\"]")
            .kept("the secret in Secret Manager that cloudbuild.yaml names")
            .handIn(
                    "Hand the secret to the step, and let the build's service account read it",
                    "steps:",
                    "  - secretEnv: [CHAINLOOP_TOKEN] # beside the step's name",
                    "availableSecrets:",
                    "  secretManager:",
                    "    - versionName: projects/$PROJECT_ID/secrets/SECRET/versions/latest",
                    "      env: CHAINLOOP_TOKEN")),
    CONCOURSE(PlaceRow.ci("Concourse", "ATC_EXTERNAL_URL")
            .log("[ =\"]/tmp/build/[0-9a-f]{8}\\b|(?<!\\w)fly (?:-t \\S{1,40} )?watch\\b|(?m:^)selected worker: ")
            .setting("in the task", "params:", "  NAME: \"VALUE\"")
            .kept("the value of ((chainloop-token)) in Concourse's credential manager")
            .handIn("Hand the value to the task", "params:", "  CHAINLOOP_TOKEN: ((chainloop-token))")),
    GOCD(PlaceRow.ci("GoCD", "GO_PIPELINE_NAME")
            .prints("GO_(?:PIPELINE|STAGE|TRIGGER)_")
            .log(
                    "(?m:^)(?:[^|\\n]{2}\\|)?(?:\\d\\d:\\d\\d:\\d\\d[.,]\\d{3} )?\\[go\\] |/godata/pipelines/|/go-agent/pipelines/")
            .setting(
                    "among the pipeline's environment variables (in YAML)",
                    "environment_variables:",
                    "  NAME: \"VALUE\"")
            .secret("the secure environment variable CHAINLOOP_TOKEN of the pipeline")),
    BAMBOO(PlaceRow.ci("Bamboo", "bamboo_buildKey")
            .prints("bamboo_(?:build|plan|agent|repository)")
            .log(
                    "(?m:^)(?:simple|build|error|command)[\\t ]{1,8}\\d\\d-[A-Z][a-z]{2}-\\d{4} \\d\\d:\\d\\d:\\d\\d[\\t ]|/xml-data/build-dir/")
            .setting("at the beginning of the script", "export NAME=\"VALUE\"")
            .kept("the plan variable CHAINLOOP_TOKEN_SECRET, which scripts see as bamboo_CHAINLOOP_TOKEN_SECRET")
            .handIn(
                    "Add the plan variable CHAINLOOP_TOKEN_SECRET, and begin the script with this",
                    "export CHAINLOOP_TOKEN=\"$bamboo_CHAINLOOP_TOKEN_SECRET\"")),
    BITRISE(PlaceRow.ci("Bitrise", "BITRISE_IO")
            .log("[ =\"]/bitrise/src\\b|/Users/vagrant/git\\b|BITRISE_[A-Z]|(?m:^)\\| Bitrise ")
            .setting("in bitrise.yml", "app:", "  envs:", "    - NAME: \"VALUE\"")
            .secret("the app's secret CHAINLOOP_TOKEN")
            .perhaps(
                    "this builds a pull request",
                    "allow the secret there (Expose for Pull Requests), or skip the step")),
    CODEMAGIC(PlaceRow.ci("Codemagic", "CM_BUILD_ID")
            .prints("CM_(?:BUILD|PROJECT|BRANCH|COMMIT)")
            .log("/Users/builder/clone\\b")
            .setting("in codemagic.yaml", "environment:", "  vars:", "    NAME: \"VALUE\"")
            .kept("the secret variable CHAINLOOP_TOKEN of the group that the workflow names")
            .handIn("Name the group of variables in the workflow", "environment:", "  groups:", "    - GROUP")),
    XCODE_CLOUD(PlaceRow.ci("Xcode Cloud", "CI_XCODE_CLOUD")
            .prints("CI_XCODE")
            .log("/Volumes/workspace/|(?<!\\w)ci_(?:post_clone|pre_xcodebuild|post_xcodebuild)[.]sh\\b")
            .setting("among the workflow's environment variables", "NAME=VALUE")
            .secret("the secret environment variable CHAINLOOP_TOKEN of the workflow")),
    NETLIFY(PlaceRow.ci("a build on Netlify", "NETLIFY")
            .log("/opt/build/repo\\b|@netlify/build")
            .setting("in netlify.toml", "[build.environment]", "  NAME = \"VALUE\"")
            .secret("the site's environment variable CHAINLOOP_TOKEN")),
    VERCEL(PlaceRow.ci("a build on Vercel", "VERCEL")
            .prints("VERCEL_(?:ENV|URL|GIT_|REGION)")
            .log("/vercel/path\\d|(?<!\\w)Vercel CLI \\d")
            .setting("among the project's environment variables", "NAME=VALUE")
            .secret("the project's environment variable CHAINLOOP_TOKEN")
            .perhaps("the project has it", "let this environment have it, too (Production, Preview, Development)")),
    SOURCEHUT(PlaceRow.ci("builds.sr.ht", "BUILD_SUBMITTER")
            .log("(?m:^)\\[#\\d{1,9}\\] \\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d ")
            .setting("in the manifest", "environment:", "  NAME: \"VALUE\"")
            .kept("the content of a file secret that the manifest's `secrets:` names")
            .handIn(
                    "Name the file secret in the manifest (`secrets:`), and export what is in the file in the task",
                    "export CHAINLOOP_TOKEN=\"$(cat FILE)\"")),
    DAGGER(PlaceRow.ci("a Dagger pipeline", "CHAINLOOP_DAGGER_CLIENT")
            .log(
                    "(?m:^)[\\u2502\\u2570\\u251c ]{0,40}[\\u2718\\u2714\\u25bc\\u25b6\\u25b7\\u25bd] [^\\n]{0,80}?withExec|(?m:^)\\d{1,4} {1,4}: (?:\\[[\\d.]{1,9}s\\] \\| |[^\\n]{0,80}?(?i:withExec))")
            .setting("in the function, before the command (in Go)", "WithEnvVariable(\"NAME\", \"VALUE\")")
            .kept("CHAINLOOP_TOKEN where Dagger is started")
            .handIn(
                    "Export CHAINLOOP_TOKEN where Dagger is started, and hand it in as a secret",
                    "dagger call FUNCTION --token env:CHAINLOOP_TOKEN")),
    CIRRUS(PlaceRow.ci("Cirrus CI", "CIRRUS_CI")
            .log("/tmp/cirrus-ci-build\\b|(?<!\\w)CIRRUS_[A-Z]")
            .setting("in .cirrus.yml", "env:", "  NAME: \"VALUE\"")
            .kept("the encrypted variable CHAINLOOP_TOKEN in .cirrus.yml")
            .handIn(
                    "Have the token encrypted on the repository's page of settings, and put the result into .cirrus.yml (it"
                            + " is not decrypted for people who cannot write to the repository)",
                    "env:",
                    "  CHAINLOOP_TOKEN: ENCRYPTED[ID]")),
    SPACELIFT(PlaceRow.ci("Spacelift", "SPACELIFT", "TF_VAR_spacelift_run_id")
            .setting("among the stack's environment variables", "NAME=VALUE")
            .secret("the secret environment variable CHAINLOOP_TOKEN of the stack, or of a context attached to it")
            .ofTerraform()),
    ATLANTIS(PlaceRow.ci("Atlantis", "ATLANTIS_TERRAFORM_VERSION")
            .setting("in the workflow in the server's configuration", "- env:", "    name: NAME", "    value: VALUE")
            .kept("CHAINLOOP_TOKEN where the Atlantis server is started")
            .handIn("Set CHAINLOOP_TOKEN where the Atlantis server is started: what it runs has its variables")
            .anew("restart the server")
            .ofTerraform()),
    HCP_TERRAFORM(PlaceRow.ci("a run in HCP Terraform", "TFC_RUN_ID")
            .setting("among the workspace's environment variables", "NAME=VALUE")
            .secret(
                    "the sensitive environment variable CHAINLOOP_TOKEN of the workspace (a Terraform variable will not do)")
            .ofTerraform()),
    ZUUL(PlaceRow.ci("Zuul", "ZUUL_CHANGE", "ZUUL_UUID", "ZUUL_PIPELINE")
            .setting("in the playbook's task", "environment:", "  NAME: \"VALUE\"")
            .kept("the secret that the job's definition names")
            .handIn(
                    "Name the secret in the job's definition (`secrets:`), and hand it to the playbook's task",
                    "environment:",
                    "  CHAINLOOP_TOKEN: \"{{ SECRET.token }}\"",
                    "no_log: true")),
    CI(PlaceRow.ci("a CI system")
            .sign(Sign.CI)
            .kept("a secret of that system, handed to the job as CHAINLOOP_TOKEN")
            .handIn("Store the token among that system's secrets, and hand it to the job as CHAINLOOP_TOKEN")),
    /** What Terraform and OpenTofu run where they are started. */
    TERRAFORM(PlaceRow.machine("a provisioner of Terraform")
            .ancestor("terraform")
            .unattended()
            .inside("\\(local-exec\\): ")
            .log("(?m:^)[\\w.\\[\\]\"-]{1,120} \\(local-exec\\): |Error: local-exec provisioner error")
            .setting("in the provisioner", "environment = {", "  NAME = \"VALUE\"", "}")
            .kept(
                    "CHAINLOOP_TOKEN where Terraform is started (in HCP Terraform, a sensitive environment variable of the workspace)")
            .handIn(
                    "Export CHAINLOOP_TOKEN where Terraform is started: a provisioner gets it from there, but none of the"
                            + " variables of Terraform's language (TF_VAR_…)",
                    "export CHAINLOOP_TOKEN")
            .ofTerraform()),
    /** Known by its logs only: its builds are BuildKit's. */
    EARTHLY(PlaceRow.machine("a target of Earthly")
            .inside("(?<=[ /\\w])\\+[\\w-]{1,40} (?:\\*failed\\* )?\\| ")
            .log("(?m:^) {0,40}(?:[\\w.][\\w./:@-]{0,80})?\\+[\\w-]{1,40} (?:\\*failed\\* )?\\| ")
            .setting("in the Earthfile, before the command", "ARG NAME=\"VALUE\"")
            .kept("CHAINLOOP_TOKEN where Earthly is started")
            .handIn(
                    "Export CHAINLOOP_TOKEN where Earthly is started, name it in the Earthfile, and hand it in",
                    "RUN --secret CHAINLOOP_TOKEN COMMAND",
                    "earthly --secret CHAINLOOP_TOKEN +TARGET")),
    BAZEL(PlaceRow.machine("a test of Bazel")
            .log(
                    "(?m:^)(?:FAIL|FAILED|TIMEOUT): //[\\w/.:@-]{1,200} \\(|(?m:^)//[\\w/.:-]{1,200} {1,80}FAILED in |bazel-out/|(?m:^)INFO: Analyzed \\d")
            .variable("BAZEL_TEST")
            .setting("where Bazel is started", "bazel test --test_env=NAME=\"VALUE\" TARGET")
            .kept("CHAINLOOP_TOKEN where Bazel is started")
            .handIn(
                    "Export CHAINLOOP_TOKEN where Bazel is started, and hand it to the test",
                    "bazel test --test_env=CHAINLOOP_TOKEN TARGET")
            .configHome("export XDG_CONFIG_HOME=\"$TEST_TMPDIR\"")),
    /** Its builder sets no other home folder. */
    NIX(PlaceRow.machine("a build of Nix")
            .log("builder for '/nix/store/|nix log /nix/store/|Cannot build '/nix/store/|/homeless-shelter\\b")
            .home("/homeless-shelter")
            .kept("CHAINLOOP_TOKEN where the command runs after the build")
            .handIn("Run the command after the build: within it there are no variables and no network")),
    TOX(PlaceRow.machine("a test of tox")
            .log(
                    "(?m:^)[\\w.-]{1,40}: (?:commands(?:_pre|_post)?\\[\\d{1,3}\\]> |exit -?\\d{1,3} \\(|FAIL code \\d)|(?m:^) {1,3}[\\w.-]{1,40}: FAIL code \\d")
            .variable("TOX_ENV_NAME")
            .setting("in tox.ini", "[testenv]", "set_env =", "  NAME = VALUE")
            .kept("CHAINLOOP_TOKEN where tox is started")
            .handIn(
                    "Export CHAINLOOP_TOKEN where tox is started, and have tox pass it on, in tox.ini",
                    "[testenv]",
                    "pass_env = CHAINLOOP_TOKEN")),
    TURBO(PlaceRow.machine("a task of Turborepo")
            .log(
                    "(?m:^)\\W{0,4}Packages in scope: |Remote caching (?:enabled|disabled)|command finished with error: command \\(|ERROR {1,2}run failed: command {1,2}exited")
            .variable("TURBO_HASH")
            .setting(
                    "where turbo is started, and in turbo.json",
                    "export NAME=\"VALUE\"",
                    "\"passThroughEnv\": [\"NAME\"]")
            .kept("CHAINLOOP_TOKEN where turbo is started")
            .handIn(
                    "Export CHAINLOOP_TOKEN where turbo is started, and let it through to the task, in turbo.json",
                    "\"passThroughEnv\": [\"CHAINLOOP_TOKEN\"]")),
    /** Also at a terminal, which a job of cron can make. */
    CRON(PlaceRow.machine("cron")
            .log(
                    "(?m:^)Subject: Cron <(?<user>[\\w.-]{1,32})@(?<host>[\\w.-]{1,63})>",
                    "(?m:^)Subject: Anacron job '[^'\n]{1,60}' on (?<host>[\\w.-]{1,63})",
                    PlaceRow.SYSLOG + "(?:/USR/SBIN/)?(?:CROND?|anacron)\\[",
                    "(?<!\\w)(?:CROND?|anacron)\\[\\d{1,9}\\]: ")
            .sign(Sign.CRON)
            .unlikeShell("cron reads no startup file of a shell, so what a terminal exports does not reach it.")
            .setting("in the crontab, on a line of its own", "NAME=VALUE")
            .kept("CHAINLOOP_TOKEN in the crontab, on a line of its own")
            .handIn("Set CHAINLOOP_TOKEN in the crontab, on a line of its own", "CHAINLOOP_TOKEN=TOKEN")
            .reading("the crontab", "SCHEDULE CHAINLOOP_TOKEN=\"$(cat \"FILE\")\" COMMAND")),
    AT(PlaceRow.machine("a job of at or batch")
            .log("(?m:^)Subject: Output from your job {1,9}\\d")
            .ancestor("atd")
            .setting("where the job is submitted", "export NAME=\"VALUE\"")
            .kept("CHAINLOOP_TOKEN where the job is submitted")
            .handIn(
                    "Export CHAINLOOP_TOKEN where the job is submitted, and submit it again: at keeps the variables"
                            + " of that moment",
                    "export CHAINLOOP_TOKEN")
            .submitted()),
    HOOK(PlaceRow.machine("a git hook")
            .log("(?m:^)remote: ")
            .sign(Sign.HOOK)
            .setting("in the hook", "export NAME=\"VALUE\"")
            .kept("the content of a file (mode 600) that the hook reads")
            .handIn("Have the hook read the token from a file (mode 600)", "export CHAINLOOP_TOKEN=\"$(cat FILE)\"")),
    REMOTE(PlaceRow.machine("a command over ssh")
            .sign(Sign.REMOTE)
            .away()
            .setting("in the command that ssh runs", "ssh HOST 'export NAME=\"VALUE\"; COMMAND'")
            .kept("CHAINLOOP_TOKEN where ssh is started")
            .handIn(
                    "Where ssh is started, hand CHAINLOOP_TOKEN to the command by its standard input: ssh passes no"
                            + " variables",
                    PlaceRow.OVER_SSH.formatted("CHAINLOOP_TOKEN").split("\n"))
            .store(PlaceRow.OVER_SSH.formatted("token"))),
    SYSTEMD_RUN(PlaceRow.machine("a command of systemd-run")
            .log("Running as unit: run-[\\w-]{1,60}[.]service")
            .sign(Sign.SYSTEMD_RUN)
            .setting("where systemd-run is started", "systemd-run -E NAME=\"VALUE\" COMMAND")
            .kept("CHAINLOOP_TOKEN where systemd-run is started")
            .handIn(
                    "Export CHAINLOOP_TOKEN where systemd-run is started, and hand it in",
                    "systemd-run -E CHAINLOOP_TOKEN COMMAND")
            .anew("start the command again")),
    SERVICE(PlaceRow.machine("a systemd service")
            .unlikeShell(
                    "systemd reads no startup file of a shell, so what a terminal exports does not reach the service.")
            .log(
                    "(?<!\\w)systemd\\[\\d{1,9}\\]: (?<unit>[\\w@:.\\\\-]{1,80}[.]service): (?:Main process exited|Failed|Control process)",
                    "(?<!\\w)systemd\\[\\d{1,9}\\]: (?:Starting|Started|Failed to start) (?<unit>[\\w@:.\\\\-]{1,80}[.]service)",
                    "(?<!\\w)systemd\\[\\d{1,9}\\]: (?<unit>[\\w@:.\\\\-]{1,80}[.]service): ",
                    "(?<!\\w)(?:journalctl|systemctl status) (?:-[\\w=-]{1,30} ){0,6}?(?:-u ?|--unit[ =])?(?<unit>[\\w@:.\\\\-]{1,80}[.]service)",
                    "(?<!\\w)journalctl [^\n]{0,80}?(?<!\\S)(?:-[a-z]{0,4}?u ?|--unit[ =])(?<unit>[\\w@:.\\\\-]{1,80})",
                    "\"_SYSTEMD_UNIT\" ?: ?\"(?<unit>[\\w@:.\\\\-]{1,80}[.]service)\"",
                    "\"_HOSTNAME\" ?: ?\"(?<host>[\\w.-]{1,63})\"",
                    PlaceRow.SYSLOG + "systemd\\[",
                    "(?<!\\w)EnvironmentFiles?=-?(?<variables>/[\\w./@-]{1,80})(?= [(]ignore_errors|(?m:$))",
                    "(?<!\\w)systemd\\[\\d{1,9}\\]: |(?<!\\w)journalctl ")
            .calls(
                    "(?<![\\w./-])(?<variables>/(?:etc|opt|srv|usr|var|home)/[\\w./@-]{1,80}[.]env|/etc/(?:default|sysconfig)/[\\w.@-]{1,60}\\w)(?![\\w/-])")
            .perhapsLog(PlaceRow.SYSLOG + "[^\\s:\\[]{1,63}\\[\\d{1,9}\\]: ")
            .sign(Sign.SERVICE)
            .setting("in the unit", "[Service]", "Environment=\"NAME=VALUE\"")
            .kept("CHAINLOOP_TOKEN in the file that the unit's EnvironmentFile= names (without `export`)")
            .handIn(
                    "In the unit, name a file (mode 600) that has the line CHAINLOOP_TOKEN=…, without `export`"
                            + " (%E is /etc, and ~/.config for a user's own unit)",
                    "[Service]", "EnvironmentFile=%E/chainloop-token.env")
            .reading(
                    "the unit", "[Service]", "ExecStart=/bin/sh -c 'CHAINLOOP_TOKEN=\"$$(cat \"FILE\")\" exec COMMAND'")
            .restart("sudo systemctl daemon-reload && sudo systemctl restart UNIT")
            .restartOwn("systemctl --user daemon-reload && systemctl --user restart UNIT")
            .configHome("[Service]", "StateDirectory=chainloop", "Environment=XDG_CONFIG_HOME=%S/chainloop")),
    LAUNCHD(PlaceRow.machine("a job of launchd")
            .unlikeShell("launchd reads no startup file of a shell, so what a terminal exports does not reach the job.")
            .log(
                    "com[.]apple[.]xpc[.]launchd|/Library/Launch(?:Agents|Daemons)/|(?<!\\w)launchctl (?:print|list|kickstart|bootstrap)\\b")
            .sign(Sign.LAUNCHD)
            .setting(
                    "in the job's plist",
                    "<key>EnvironmentVariables</key>",
                    "<dict><key>NAME</key><string>VALUE</string></dict>")
            .kept("CHAINLOOP_TOKEN in the EnvironmentVariables of the job's plist")
            .handIn(
                    "In the job's plist, set the variable",
                    "<key>EnvironmentVariables</key>",
                    "<dict><key>CHAINLOOP_TOKEN</key><string>TOKEN</string></dict>")
            .reading(
                    "the job's plist",
                    "<key>ProgramArguments</key>",
                    "<array><string>/bin/sh</string><string>-c</string>",
                    "<string>CHAINLOOP_TOKEN=\"$(cat \"FILE\")\" exec COMMAND</string></array>")
            .anew("unload the job and load it again (`launchctl bootout`, then `launchctl bootstrap`)")),
    S6(PlaceRow.machine("a service of s6-overlay")
            .log("s6-rc: (?:info|warning|fatal)|s6-supervise |(?m:^)\\[?cont-init|/etc/s6-overlay/")
            .sign(Sign.S6)
            .setting("where the container is started", "docker run -e NAME=\"VALUE\" IMAGE")
            .kept("CHAINLOOP_TOKEN where the container is started")
            .handIn(
                    "Hand CHAINLOOP_TOKEN to the container, and begin the service's run script with the line that hands"
                            + " it the container's variables",
                    "#!/command/with-contenv sh")
            .anew("make the container anew")),
    RUNIT(PlaceRow.machine("a service of runit")
            .log("(?m:^)\\d{4}-\\d\\d-\\d\\d_\\d\\d:\\d\\d:\\d\\d[.]\\d{5}:? |(?<!\\w)runsv(?:dir)?(?!\\w)")
            .ancestor("runsv")
            .unattended()
            .setting("in a file of the service's folder", "printf %s \"VALUE\" >env/NAME")
            .kept("the file env/CHAINLOOP_TOKEN in the service's folder")
            .handIn(
                    "Put the token alone into the file env/CHAINLOOP_TOKEN (mode 600) in the service's folder, and end"
                            + " its run script with this",
                    "exec chpst -e ./env COMMAND")
            .restart("sv restart SERVICE")),
    OPENRC(PlaceRow.machine("a service of OpenRC")
            .log(
                    "(?m:^) ?\\* ERROR: (?<service>[\\w.-]{1,60}) (?:failed to start|stopped)|(?<!\\w)supervise-daemon(?!\\w)")
            .variable("RC_SVCNAME")
            .named(PlaceName.SERVICE, "RC_SVCNAME")
            .unattended()
            .setting("in the service's file in /etc/conf.d", "export NAME=\"VALUE\"")
            .kept("CHAINLOOP_TOKEN in the service's file in /etc/conf.d")
            .handIn("Add a line to the service's file in /etc/conf.d (mode 600)", "export CHAINLOOP_TOKEN=TOKEN")
            .restart("rc-service SERVICE restart")),
    SLURM(PlaceRow.machine("a job of Slurm")
            .log("(?m:^)(?:slurmstepd|srun|sbatch): |(?<!\\w)slurmstepd: error: ")
            .variable("SLURM_JOB_ID")
            .ancestor("slurmstepd")
            .unattended()
            .setting("in the job's script", "export NAME=\"VALUE\"")
            .kept("CHAINLOOP_TOKEN where the job is submitted")
            .handIn(
                    "Export CHAINLOOP_TOKEN where the job is submitted, and submit it again without `--export=NONE`",
                    "sbatch --export=ALL FILE")
            .submitted()),
    QSUB(PlaceRow.machine("a job of PBS or Grid Engine")
            .log("=>> PBS: |/var/spool/(?:pbs|torque)/|(?<!\\w)/(?:opt|usr/share)/(?:sge|uge|gridengine)/")
            .variable("PBS_JOBID", "SGE_O_HOST")
            .unattended()
            .setting("in the job's script", "export NAME=\"VALUE\"")
            .kept("CHAINLOOP_TOKEN where the job is submitted")
            .handIn("Export CHAINLOOP_TOKEN where the job is submitted, and hand it in", "qsub -v CHAINLOOP_TOKEN FILE")
            .submitted()),
    LSF(PlaceRow.machine("a job of LSF")
            .log("(?m:^)Sender: LSF System <|(?m:^)Subject: Job \\d{1,12}: <")
            .variable("LSB_JOBID")
            .unattended()
            .setting("in the job's script", "export NAME=\"VALUE\"")
            .kept("CHAINLOOP_TOKEN where the job is submitted")
            .handIn("Export CHAINLOOP_TOKEN where the job is submitted, and submit it again", "export CHAINLOOP_TOKEN")
            .submitted()),
    CONDOR(PlaceRow.machine("a job of HTCondor")
            .log("/execute/dir_\\d{1,12}\\b|condor_exec[.]exe|(?m:^)\\d{3} \\(\\d{1,9}[.]\\d{3}[.]\\d{3}\\) ")
            .variable("_CONDOR_JOB_AD")
            .unattended()
            .setting("in the submit file", "environment = \"NAME=VALUE\"")
            .kept("CHAINLOOP_TOKEN where the job is submitted")
            .handIn(
                    "Export CHAINLOOP_TOKEN where the job is submitted, and have it copied by a line of the submit file",
                    "getenv = CHAINLOOP_TOKEN")
            .submitted()),
    AIRFLOW(
            PlaceRow.machine("a task of Airflow")
                    .log(
                            "(?m:^)\\[\\d{4}-\\d\\d-\\d\\d[T,\\d:.+ UTC-]{8,24}\\] \\{[\\w./-]{1,80}:\\d{1,6}\\} "
                                    + "|(?<!\\w)chan=\"?std(?:out|err)\"?: ?source=\"?task|\"logger\" ?: ?\"(?:airflow|task)[.]")
                    .variable("AIRFLOW_CTX_DAG_ID")
                    .setting("in the operator", "BashOperator(env={\"NAME\": \"VALUE\"}, append_env=True, ...)")
                    .kept("the Airflow variable chainloop_token")
                    .handIn(
                            "Hand the value to the operator (without `append_env` nothing else gets in)",
                            "BashOperator(env={\"CHAINLOOP_TOKEN\": \"{{ var.value.chainloop_token }}\"}, append_env=True, ...)")),
    NOMAD(PlaceRow.machine("a task of Nomad")
            .log("(?<!\\w)nomad (?:alloc )?logs\\b|(?m:^)NOMAD_(?:ALLOC|JOB|TASK)_\\w{1,30}=")
            .variable("NOMAD_ALLOC_ID")
            .named(PlaceName.JOB, "NOMAD_JOB_NAME")
            .setting("in the task", "env {", "  NAME = \"VALUE\"", "}")
            .kept("the Nomad variable that the task's template reads")
            .handIn(
                    "Have a template of the task set the variable, and run the job again (`nomad job run`)",
                    "template {",
                    "  destination = \"secrets/chainloop.env\"",
                    "  env         = true",
                    "  data        = \"CHAINLOOP_TOKEN={{ with nomadVar \\\"nomad/jobs/JOB\\\" }}{{ .token }}{{ end }}\"",
                    "}")
            .anew("run the job again")),
    CODESPACES(PlaceRow.person("a codespace")
            .log("(?m:^)@(?<user>[\\w-]{1,39}) \u279c /workspaces/")
            .away()
            .variable("CODESPACES")
            .named(PlaceName.REPOSITORY, "GITHUB_REPOSITORY")
            .kept("a secret of Codespaces")
            .handIn(
                    "make it a secret of Codespaces (github.com/settings/codespaces, or by `gh` on your own machine), as"
                            + " those of Actions do not get in, and restart the codespace",
                    "gh secret set CHAINLOOP_TOKEN --user --repos OWNER/NAME")),
    GITPOD(PlaceRow.person("a workspace of Gitpod")
            .away()
            .variable("GITPOD_WORKSPACE_ID")
            .kept("a variable of your account or the project there")
            .handIn("make it a variable of your account or the project there, and start a new workspace")),
    CODER(PlaceRow.person("a workspace of Coder")
            .away()
            .variable("CODER_WORKSPACE_NAME")
            .kept("the workspace's template")
            .handIn(
                    "have the workspace's template set it (`coder_env`), or export it in ~/.bashrc in here, and restart the"
                            + " workspace")),
    TOOLBX(PlaceRow.person("a container of Toolbx")
            .variable("TOOLBOX_PATH")
            .file("/run/.toolboxenv")
            .handIn("export it in here, or in ~/.bashrc, which host and container share; `toolbox` hands in only the"
                    + " variables that it knows")),
    /** It hands in all variables. */
    DISTROBOX(PlaceRow.person("a container of Distrobox").variable("DISTROBOX_ENTER_PATH")),
    DEVCONTAINER(PlaceRow.person("a dev container")
            .away()
            .variable("REMOTE_CONTAINERS", "DEVCONTAINER")
            .kept("devcontainer.json, or the shell that started the editor")
            .handIn(
                    "hand it in by devcontainer.json, export it where the editor is started, start the editor there, and"
                            + " rebuild the container",
                    "\"remoteEnv\": {\"CHAINLOOP_TOKEN\": \"${localEnv:CHAINLOOP_TOKEN}\"}")),
    FLY(PlaceRow.machine("a machine of Fly.io")
            .log("(?<!\\w)(?:app|runner|proxy)\\[[0-9a-f]{6,16}\\] [a-z]{3} \\[(?:info|warn|error)\\]")
            .variable("FLY_APP_NAME")
            .setting("in fly.toml, and deploy that", "[env]", "  NAME = \"VALUE\"")
            .kept("the app's secret CHAINLOOP_TOKEN")
            .hidden()
            .handIn("Make CHAINLOOP_TOKEN a secret of the app")
            .store("printf 'CHAINLOOP_TOKEN=%s\\n' \"$token\" | fly secrets import")),
    HEROKU(PlaceRow.machine("a dyno of Heroku")
            .log("(?<!\\w)(?:app|heroku)\\[(?:[a-z]\\w{0,30}[.]\\d{1,9}|router|api)\\]: ")
            .variable("DYNO")
            .named(PlaceName.APP, "HEROKU_APP_NAME")
            .setting("among the app's config vars", "heroku config:set NAME=\"VALUE\" --app APP")
            .secret("the app's config var CHAINLOOP_TOKEN")),
    RENDER(PlaceRow.machine("a service of Render")
            .log(
                    "/opt/render/project/|(?m:^)==> (?:Running \\'|Cloning from|Build failed|Exited with status|Deploying)")
            .variable("RENDER_SERVICE_ID")
            .setting(
                    "among the service's environment variables (in render.yaml)",
                    "envVars:",
                    "  - {key: NAME, value: \"VALUE\"}")
            .secret("the service's environment variable CHAINLOOP_TOKEN")),
    LAMBDA(PlaceRow.machine("a function of AWS Lambda")
            .log("(?<!\\w)(?:START|END|REPORT) RequestId: [0-9a-f-]{36}|INIT_START Runtime Version")
            .variable("AWS_LAMBDA_FUNCTION_NAME")
            .setting(
                    "among the function's environment variables (in a template of CloudFormation or SAM)",
                    "Environment:",
                    "  Variables:",
                    "    NAME: \"VALUE\"")
            .secret("the environment variable CHAINLOOP_TOKEN in the function's configuration")
            .configHome("export XDG_CONFIG_HOME=/tmp")),
    CLOUD_RUN(PlaceRow.machine("Google Cloud Run")
            .log(
                    "\"service_name\" ?: ?\"(?<service>[a-z0-9-]{1,63})\"",
                    "\"cloud_run_(?:revision|job)\"|run[.]googleapis[.]com(?:/|%2F)(?:stdout|stderr|requests)")
            .variable("K_SERVICE", "CLOUD_RUN_JOB")
            .named(PlaceName.SERVICE, "K_SERVICE")
            .setting("in the service", "gcloud run services update SERVICE --update-env-vars=NAME=VALUE")
            .kept("the secret in Secret Manager that the service or job names")
            .handIn(
                    "Hand the secret to the service (or, with `jobs`, to the job), and let its service account read it",
                    "gcloud run services update SERVICE --update-secrets=CHAINLOOP_TOKEN=SECRET:latest")
            .anew("deploy it again")),
    ECS(PlaceRow.machine("a task of Amazon ECS")
            .log(
                    "ResourceInitializationError|\"ecs_task_(?:arn|definition)\"|(?<!\\w)aws logs tail /?(?:aws/)?ecs/|(?<![\\w/])ecs/[\\w.-]{1,60}/[0-9a-f]{32}\\b")
            .variable("ECS_CONTAINER_METADATA_URI_V4")
            .setting("in the task definition", "\"environment\": [{\"name\": \"NAME\", \"value\": \"VALUE\"}]")
            .kept("the secret in AWS Secrets Manager that the task definition names")
            .handIn(
                    "Hand the secret to the container in the task definition, and let the execution role read it",
                    "\"secrets\": [{\"name\": \"CHAINLOOP_TOKEN\", \"valueFrom\": \"ARN\"}]")
            .restart("aws ecs update-service --cluster CLUSTER --service SERVICE --force-new-deployment")),
    APP_SERVICE(PlaceRow.machine("Azure App Service or Functions")
            .log(
                    "(?<!\\w)az webapp log (?:tail|download) [^\\n]{0,80}?(?:-n|--name)[ =](?<app>[\\w-]{1,60})",
                    "/home/site/wwwroot\\b|[A-Z]:\\\\home\\\\site\\\\|(?<!\\w)az webapp log (?:tail|download)\\b")
            .variable("WEBSITE_SITE_NAME")
            .named(PlaceName.APP, "WEBSITE_SITE_NAME")
            .setting(
                    "among the app's settings",
                    "az webapp config appsettings set --name APP --resource-group GROUP --settings NAME=\"VALUE\"")
            .kept("the app's setting CHAINLOOP_TOKEN")
            .handIn(
                    "Add the setting to the app (a reference to a Key Vault keeps the token out of it)",
                    "az webapp config appsettings set --name APP --resource-group GROUP --settings"
                            + " CHAINLOOP_TOKEN='@Microsoft.KeyVault(SecretUri=SECRET_URI)'")),
    CONTAINER_APPS(PlaceRow.machine("Azure Container Apps")
            .log(
                    "\"ContainerAppName(?:_s)?\" ?: ?\"(?<app>[\\w-]{1,60})\"",
                    "(?<!\\w)az containerapp (?:job )?logs [^\\n]{0,80}?(?:-n|--name)[ =](?<app>[\\w-]{1,60})",
                    "\\{\"TimeStamp\": ?\"[^\"\\n]{1,40}\", ?\"Log\": ?\"|ContainerAppConsoleLogs")
            .variable("CONTAINER_APP_NAME", "CONTAINER_APP_JOB_NAME")
            .named(PlaceName.APP, "CONTAINER_APP_NAME")
            .setting(
                    "in the app",
                    "az containerapp update --name APP --resource-group GROUP --set-env-vars NAME=\"VALUE\"")
            .kept("the app's secret chainloop-token")
            .handIn(
                    "Have the variable name the app's secret",
                    "az containerapp update --name APP --resource-group GROUP --set-env-vars"
                            + " CHAINLOOP_TOKEN=secretref:chainloop-token")
            .anew("restart the app's revision")),
    POD(PlaceRow.machine("a Kubernetes pod")
            .log(
                    "(?m:^)\\[pod/(?<pod>[a-z0-9.-]{1,99})/[a-z0-9-]{1,63}\\] ",
                    "(?<!\\w)kubectl (?>" + PlaceRow.WORDS + "(?<!\\w)(?:logs|exec) )" + PlaceRow.WORDS
                            + "(?<!\\w)deploy(?:ments?)?/(?<deployment>[a-z0-9.-]{1,63})",
                    "(?<!\\w)kubectl (?>" + PlaceRow.WORDS + "(?<!\\w)(?:logs|exec) )" + PlaceRow.WORDS
                            + "(?<![\\w.-])(?<pod>[a-z0-9][a-z0-9.-]{0,80}-[bcdfghjklmnpqrstvwxz2456789]{5})(?![\\w./-])",
                    "\"pod(?:_name|Name)?\" ?: ?\"(?<pod>[a-z0-9.-]{1,99})\"",
                    "(?<!\\w)kubectl (?>" + PlaceRow.WORDS
                            + "(?<!\\S)(?:-n|--namespace)[ =]?)(?<namespace>[a-z0-9-]{1,63})\\b" + PlaceRow.WORDS
                            + "(?<!\\w)(?:logs|exec)\\b",
                    "(?<!\\w)kubectl (?>" + PlaceRow.WORDS + "(?<!\\w)(?:logs|exec)\\b)" + PlaceRow.WORDS
                            + " (?:-n|--namespace)[ =]?(?<namespace>[a-z0-9-]{1,63})\\b",
                    "\"(?:k8s_)?namespace(?:_name|Name)?\" ?: ?\"(?<namespace>[a-z0-9-]{1,63})\"",
                    "(?m:^)(?<pod>[a-z0-9][a-z0-9.-]{0,80}-[bcdfghjklmnpqrstvwxz2456789]{5}) [a-z0-9-]{1,63} ",
                    "(?<!\\w)kubectl " + PlaceRow.WORDS
                            + "(?<!\\w)(?:logs|exec|describe)\\b| {2}kubelet {2}|(?<!\\w)stern \\S"
                            + "|CreateContainerConfigError|couldn't find key [^\n]{1,80} in Secret "
                            + "|/var/run/secrets/kubernetes[.]io|[.]svc[.]cluster[.]local\\b"
                            + "|(?m:^)\\d{4}-\\d\\d-\\d\\dT[\\d:.]{8,18}(?:Z|[+-]\\d\\d:\\d\\d) std(?:out|err) [FP] "
                            + "| on 10[.](?:96|43|100|0)[.]0[.]10:53: | on 172[.]20[.]0[.]10:53: ")
            .calls(
                    "(?<!\\w)(?:kubectl|oc|stern|helm|argo|tkn) (?:\\S{1,60} ){0,6}?(?:-n|--namespace)[ =](?!kube-)(?<namespace>[a-z0-9-]{1,63})(?!\\S)",
                    "(?<![\\w.-])namespace=\"?(?<namespace>[a-z0-9-]{1,63})\\b",
                    "(?m:^)Namespace: {2,40}(?<namespace>[a-z0-9-]{1,63})$",
                    "(?<![\\w./-])(?<namespace>[a-z0-9-]{1,63})/(?<pod>[a-z0-9][a-z0-9.-]{0,80}-[bcdfghjklmnpqrstvwxz2456789]{5})(?![\\w./-])",
                    "couldn't find key (?<key>[\\w.-]{1,63}) in Secret (?<namespace>[a-z0-9-]{1,63})/(?<secret>[a-z0-9][a-z0-9.-]{0,62})",
                    "CHAINLOOP_TOKEN: {1,40}<set to the key '(?<key>[\\w.-]{1,63})' in secret '(?<secret>[a-z0-9.-]{1,63})'>",
                    PlaceRow.KEY_OF_SECRET
                            + "key\"?: \"?(?<key>[\\w.-]{1,63})[\\s\",]{1,60}name\"?: \"?(?<secret>[a-z0-9.-]{1,63})",
                    PlaceRow.KEY_OF_SECRET
                            + "name\"?: \"?(?<secret>[a-z0-9.-]{1,63})[\\s\",]{1,60}key\"?: \"?(?<key>[\\w.-]{1,63})",
                    PlaceRow.MAKING_SECRET
                            + "--from-(?:literal|file)[= ][\"']?(?<key>[\\w.-]{0,30}(?i:token|chainloop)[\\w.-]{0,30})=",
                    PlaceRow.MAKING_SECRET
                            + "--from-file[= ][\"']?(?:[^\\s=]{0,99}/)?(?<key>[\\w.-]{1,63})(?![\\w.=/-])",
                    PlaceRow.MAKING_SECRET + "--from-(?:literal|file)[= ][\"']?(?<key>[\\w.-]{1,63})=",
                    "(?<![\\w/-])secrets?[/ ]\"?(?<secret>[a-z0-9.-]{0,30}chainloop[a-z0-9.-]{0,30})(?![^\\s\"',:;)])",
                    "(?<![\\w.-])(?:cronjobs?|cj)(?:[.]batch)?/(?<cronjob>[a-z0-9][a-z0-9.-]{0,51})(?![\\w./-])",
                    "(?<![\\w.-])jobs?(?:[.]batch)?/(?<cronjob>[a-z0-9][a-z0-9.-]{0,51})-\\d{8}(?![\\w./-])",
                    "(?<![\\w.-])jobs?(?:[.]batch)?/(?<job>[a-z0-9][a-z0-9.-]{0,62})(?![\\w./-])")
            .variable("KUBERNETES_SERVICE_HOST")
            .pod("Hand the secret to the container in the pod's spec")
            .restart("kubectl rollout restart deployment/DEPLOYMENT")
            .anew("start the workload anew")),
    BUILD(PlaceRow.machine("the build of an image")
            .inside("#\\d{1,3} \\d{1,6}[.]\\d{1,3} ")
            .log("(?m:^)#\\d{1,3} (?:\\d{1,6}[.]\\d{1,3} |\\[|ERROR|DONE|sha256)"
                    + "|(?m:^)Step \\d{1,3}/\\d{1,3} : |failed to solve: |process \"/bin/sh -c "
                    + "|The command '/bin/sh -c ")
            // The name that BuildKit gives the machine.
            .says("/proc/sys/kernel/hostname", "buildkitsandbox")
            .setting("in the Dockerfile, before the command", "ARG NAME=\"VALUE\"")
            .kept("CHAINLOOP_TOKEN where the image is built")
            .handIn(
                    "Set CHAINLOOP_TOKEN, mount it in the Dockerfile, and hand it to the build",
                    "RUN --mount=type=secret,id=CHAINLOOP_TOKEN,env=CHAINLOOP_TOKEN COMMAND",
                    "docker build --secret id=CHAINLOOP_TOKEN,env=CHAINLOOP_TOKEN .")),
    /** Buildah, which podman builds with, knows no secret that is mounted as a variable. */
    BUILDAH(PlaceRow.machine("the build of an image by podman or buildah")
            .log("(?m:^)STEP \\d{1,3}(?:/\\d{1,3})?: |building at STEP ")
            .says("/run/.containerenv", "engine=\"buildah")
            .setting("in the Containerfile, before the command", "ARG NAME=\"VALUE\"")
            .kept("CHAINLOOP_TOKEN where the image is built")
            .handIn(
                    "Set CHAINLOOP_TOKEN, mount it in the Containerfile, and hand it to the build",
                    "RUN --mount=type=secret,id=CHAINLOOP_TOKEN \\",
                    "  CHAINLOOP_TOKEN=$(cat /run/secrets/CHAINLOOP_TOKEN) COMMAND",
                    "podman build --secret id=CHAINLOOP_TOKEN,env=CHAINLOOP_TOKEN .")),
    /** Known by its logs only. */
    SWARM(PlaceRow.machine("a service of Docker Swarm")
            .log(
                    "(?m:^)(?<service>[\\w-]{1,63})[.]\\d{1,4}[.][a-z0-9]{12}@(?<host>[\\w.-]{1,63}) {1,40}\\| ",
                    "(?<!\\w)docker service logs (?:-[\\w=-]{1,30} ){0,4}(?<service>[\\w-]{1,63})")
            .setting("in the service", "docker service update --env-add NAME=\"VALUE\" SERVICE")
            .kept("the service's variable CHAINLOOP_TOKEN")
            .handIn(
                    "Export CHAINLOOP_TOKEN on a manager of the swarm, and give it to the service, whose tasks start anew"
                            + " (`docker service inspect` shows it)",
                    "docker service update --env-add CHAINLOOP_TOKEN SERVICE")
            .store("CHAINLOOP_TOKEN=\"$token\" docker service update --env-add CHAINLOOP_TOKEN SERVICE")),
    /** Known by its logs only. */
    COMPOSE(PlaceRow.machine("a service of Docker Compose")
            .inside("(?<![\\w.-])(?<container>[a-z0-9][\\w.-]{0,60}?)[-_]\\d{1,3} {1,40}\\| ")
            .log(
                    "(?m:^)(?<container>[a-z0-9][\\w.-]{0,60}?)[-_]\\d{1,3} {1,40}\\| [^\n]{0,80}?(?:ERR |chainloop )",
                    "(?m:^)(?<container>[a-z0-9][\\w.-]{0,60}?)[-_]\\d{1,3} {1,40}\\| ",
                    "(?<!\\w)docker(?: compose|-compose) logs(?!\\w)|variable is not set[.] Defaulting to a blank string"
                            + "|required variable \\w{1,60} is missing a value")
            .setting("in the service in compose.yaml", "environment:", "  NAME: \"VALUE\"")
            .kept("CHAINLOOP_TOKEN in the `.env` file beside compose.yaml, without quotes")
            .handIn(
                    "Hand the variable to the service in compose.yaml",
                    "environment:",
                    "  CHAINLOOP_TOKEN: ${CHAINLOOP_TOKEN:?}")
            .restart("docker compose up -d")),
    PODMAN(PlaceRow.machine("a container of podman")
            .log("(?<!\\w)podman(?:-compose)? (?:logs|exec)\\b")
            .sign(Sign.PODMAN)
            .container("podman")),
    /** What Ansible runs on a machine. */
    ANSIBLE(PlaceRow.machine("a task of Ansible")
            .ancestor("ansible-playboo")
            .inside("(?:fatal|failed): \\[(?<host>[\\w.-]{1,63})(?: -> [^\\]\n]{1,80})?\\]: FAILED! => [^\n]{0,2000}?")
            .log(
                    "(?m:^)(?:fatal|failed): \\[(?<host>[\\w.-]{1,63})(?: -> [^\\]\n]{1,80})?\\]: (?:FAILED|UNREACHABLE)!",
                    "(?m:^)(?:TASK|PLAY) (?:RECAP|\\[)")
            .setting("in the task", "environment:", "  NAME: \"VALUE\"")
            .kept("the vault's variable that the task takes CHAINLOOP_TOKEN from (such as chainloop_token)")
            .handIn(
                    "Hand the vault's variable to the task",
                    "environment:",
                    "  CHAINLOOP_TOKEN: \"{{ chainloop_token }}\"",
                    "no_log: true")),
    NSPAWN(PlaceRow.machine("a container of systemd-nspawn")
            .log(
                    "(?<!\\w)systemd-nspawn\\[|(?m:^)\\W{0,6}Spawning container |(?m:^)Container \\S{1,63} failed with error code ")
            .sign(Sign.NSPAWN)
            .setting("where the container is started", "systemd-nspawn --setenv=NAME=\"VALUE\" -D FOLDER COMMAND")
            .kept("CHAINLOOP_TOKEN where the container is started")
            .handIn(
                    "Export CHAINLOOP_TOKEN where the container is started, and hand it in",
                    "systemd-nspawn --setenv=CHAINLOOP_TOKEN -D FOLDER COMMAND")
            .anew("start the container anew")),
    LXC(PlaceRow.machine("a container of LXC or Incus")
            .log("(?<!\\w)(?:lxc|incus) exec (?<container>[a-z][\\w-]{0,62}) ")
            .sign(Sign.LXC)
            .setting("where the container is managed", "incus config set CONTAINER environment.NAME=\"VALUE\"")
            .kept("the container's setting environment.CHAINLOOP_TOKEN")
            .handIn(
                    "Where the container is managed, set the variable, and restart the container",
                    "incus config set CONTAINER environment.CHAINLOOP_TOKEN=TOKEN",
                    "incus restart CONTAINER")
            .anew("restart the container")),
    /** With a person at it, a container is a remote shell, unless it was started with a variable for the token. */
    CONTAINER(PlaceRow.machine("a container")
            .log(
                    "(?m:^)(?<user>[\\w-]{1,32})@(?<container>[0-9a-f]{12}):",
                    "(?<!\\w)docker logs (?:-[\\w=:.-]{1,40} ){0,4}(?<container>[\\w.-]{1,63})",
                    "(?<!\\w)docker logs\\b| on 127[.]0[.]0[.]11:53: |(?m:^)\\{\"log\": ?\"[^\n]{0,99}")
            .sign(Sign.CONTAINER)
            .container("docker")),
    /** These hand on what they were started with, so what is around them comes first. */
    SUPERVISORD(PlaceRow.machine("a program of supervisord")
            .log(
                    "(?m:^)[\\d-]{10} [\\d:,]{12} (?:INFO|WARN|CRIT) (?:exited: (?<process>[\\w.-]{1,60}) \\(|gave up: )",
                    "(?<!\\w)supervisorctl tail [^\\n]{0,20}?(?<process>[\\w.-]{1,60})(?: stderr| stdout)?(?m:$)",
                    "(?m:^)[\\d-]{10} [\\d:,]{12} INFO (?:spawned|success): ")
            .variable("SUPERVISOR_ENABLED")
            .named(PlaceName.PROCESS, "SUPERVISOR_PROCESS_NAME")
            .ancestor("supervisord")
            .unattended()
            .setting("in the program's section", "[program:PROCESS]", "environment=NAME=\"VALUE\"")
            .kept("CHAINLOOP_TOKEN in the program's `environment=`")
            .handIn(
                    "Set CHAINLOOP_TOKEN in the program's section (supervisord itself has only what it was started with)",
                    "[program:PROCESS]",
                    "environment=CHAINLOOP_TOKEN=\"TOKEN\"")
            .reading(
                    "the program's section",
                    "[program:PROCESS]",
                    "command=/bin/sh -c 'CHAINLOOP_TOKEN=\"$(cat \"FILE\")\" exec COMMAND'")
            .restart("supervisorctl reread && supervisorctl update")
            .rereading("have it read from `environment=` by this (what supervisord itself was started with changes only"
                    + " when supervisord is restarted)")),
    PM2(PlaceRow.machine("a process of PM2")
            .log("(?m:^)\\d{1,4}\\|(?<process>[\\w.-]{1,60}) {0,40}\\| ", "(?m:^)PM2 {1,40}\\| ")
            .variable("pm_id")
            .named(PlaceName.PROCESS, "pm_id")
            .unattended()
            .setting("where pm2 is called", "export NAME=\"VALUE\"")
            .kept("CHAINLOOP_TOKEN where pm2 is called")
            .handIn(
                    "Export CHAINLOOP_TOKEN where pm2 is called, and have the process get it",
                    "pm2 restart PROCESS --update-env")
            .restart("pm2 restart PROCESS --update-env")
            .rereading("export it here, and have the process get it (without `--update-env` it keeps the old one)")),
    CGI(PlaceRow.machine("a CGI program")
            .log("\\[cgid?:error\\]|AH01215: |FastCGI sent in stderr: \"")
            .variable("GATEWAY_INTERFACE")
            .unattended()
            .setting("in the web server's configuration (Apache httpd)", "SetEnv NAME VALUE")
            .kept("CHAINLOOP_TOKEN where the web server is started")
            .handIn(
                    "Set CHAINLOOP_TOKEN where the web server is started, and have the server pass it on (Apache httpd)",
                    "PassEnv CHAINLOOP_TOKEN")
            .anew("restart the web server")),
    JOB(PlaceRow.machine("a job that nobody attends")
            .sign(Sign.UNATTENDED)
            .kept("CHAINLOOP_TOKEN in whatever starts this")
            .handIn("Set CHAINLOOP_TOKEN in whatever starts this")
            .anew("restart what starts this")),
    SSH(PlaceRow.person("a remote shell").sign(Sign.SSH).away()),
    TERMINAL(PlaceRow.person("a terminal")
            .perhapsLog(
                    "(?m:^)(?:\\([\\w.-]{1,40}\\) )?\\[?(?<user>[a-z_][\\w.-]{0,31})@(?<host>[\\w.-]{1,63})[ :][^\n$#%>]{0,80}[$#%>] ",
                    "(?m:^)(?:\\([\\w.-]{1,40}\\) )?[a-z_][\\w.-]{0,31}@[\\w.-]{1,63} [~/][^\n$#%>]{0,80}(?<shell>>) ",
                    // A chat.
                    "(?m:^)(?<user>[\\w.-]{1,32})(?: [\\w.-]{1,32})? {1,3}\\[?\\d{1,2}:\\d\\d(?: ?[AP]M)?\\]?(?m:$)",
                    "[ =\"](?<system>/Users/)(?<user>[\\w.-]{1,32})/",
                    "(?m:^)~[\\w./-]{0,80}(?: \\([\\w./-]{1,60}\\))? [$%] ",
                    // Only a person completes a login.
                    "INF login successful!",
                    "(?m:^)(?<system>(?<shell>PS) [A-Z]:\\\\)",
                    "(?m:^)(?<shell>PS) /(?:home|Users)/(?<user>[\\w.-]{1,32})[^\n>]{0,80}> ",
                    "(?<system>[A-Z]:\\\\{1,2}Users\\\\{1,2})(?<user>[\\w.-]{1,32})")),
    /** The unknown place where a message arose. */
    ELSEWHERE(PlaceRow.machine("elsewhere")
            .perhapsLog("(?m:^)On [^\n]{5,80} wrote:(?m:$)|(?m:^)> (?![\\w@/.-]{1,80}@\\d)[^\n]{0,240}\n> ")
            .hidden()
            .kept("CHAINLOOP_TOKEN where the command failed")
            .handIn("Set CHAINLOOP_TOKEN where the command failed"));

    private static final Place[] ALL = values();

    @SuppressWarnings("ImmutableEnumChecker") // A row is not changed once it is here.
    private final PlaceRow row;

    Place(PlaceRow row) {
        this.row = row;
    }

    static Place of(Environment here) {
        for (Place place : ALL) {
            if (place.row.isThe(here)) {
                return place;
            }
        }
        return TERMINAL;
    }

    /** The container that this is in, at whose terminal a person is. */
    static Place container(Environment here) {
        Sign kind = Sign.container(here);
        return kind == Sign.PODMAN ? PODMAN : kind == Sign.NSPAWN ? NSPAWN : kind == Sign.LXC ? LXC : CONTAINER;
    }

    /** Its name in a sentence. */
    public String title() {
        return row.title;
    }

    /** Whether a person is there, who can log in. */
    public boolean isAttended() {
        return row.kind == PlaceRow.Kind.PERSON;
    }

    /** Whether a person works there, and a variable gets in only in its own way. */
    public boolean isWorkspace() {
        return row.workspace;
    }

    /** Whether a person's browser is on another machine. */
    boolean isAway() {
        return row.away;
    }

    /** Whether a job of a CI system runs there. */
    public boolean isCi() {
        return row.kind == PlaceRow.Kind.CI;
    }

    /** Regular expressions for what only its logs have; a group gives a {@link PlaceName}. */
    public List<String> logMarks() {
        return row.logMarks();
    }

    /** The same before a line of the CLI's own, also in the log of another place whose job runs this one. */
    public List<String> innerLogMarks() {
        return row.inside;
    }

    /** The same for what its logs have if they bear no place's own mark. */
    public List<String> perhapsLogMarks() {
        return row.perhapsLog;
    }

    /** What names something in its logs, and tells no place. */
    public List<String> callingMarks() {
        return Stream.concat(row.calls.stream(), row.changeMarks().stream()).toList();
    }

    /** Whether this runs for a change that is only proposed, which may get fewer secrets. */
    boolean isChange(Environment here) {
        return row.isChange(here);
    }

    /** What a job for a proposed change may not get, a clause; empty where it gets what others get. */
    public String withheld() {
        return row.withheld;
    }

    /** Why what runs there lacks the variables that a person's shell has, a sentence; empty where none is known. */
    public String unlikeShell() {
        return row.unlikeShell;
    }

    /** When something is to be done about that, a phrase that follows "if". */
    public String changeIf() {
        return row.changeDo.isEmpty() ? "the change is a fork's" : row.changeIf;
    }

    /** What is to be done then, an imperative without its full stop. */
    public String changeDo() {
        return row.changeDo.isEmpty()
                ? Character.toLowerCase(row.skipFork.charAt(0)) + row.skipFork.substring(1)
                : row.changeDo;
    }

    public List<String> changeLines() {
        return row.changeDo.isEmpty() ? row.skipForkLines : row.changeLines;
    }

    /** Whether this runs for a change from a fork, as the place says, and so gets no secrets. */
    boolean isFork(Environment here) {
        return row.isFork(here);
    }

    /** What to do if the token may be there already, less what a variable shows to be done; empty for nothing. */
    String perhapsDo(Environment here) {
        return row.perhapsDo(here);
    }

    /** The same for another secret than the token, kept as the token is; those that a person fills in get its value. */
    public List<String> handInLines(String variable, String value) {
        return row.handInLines.stream()
                .map(line -> renamed(line, variable).replace("TOKEN", value))
                .toList();
    }

    /** A text about the token's variable, for another variable. */
    public static String renamed(String text, String variable) {
        String lower = variable.toLowerCase(Locale.ROOT);
        return text.replace("CHAINLOOP_TOKEN", variable)
                .replace("chainloop_token", lower)
                .replace("chainloop-token", lower)
                .replace("key: token", "key: " + lower);
    }

    /** Where any variable that is no secret is set, a phrase that follows an imperative. */
    public String settingIn() {
        return row.settingIn;
    }

    /** The lines that set it there, with NAME and VALUE. */
    public List<String> setting() {
        return row.setting;
    }

    /** Whether a cluster of Kubernetes runs it, whose names its logs may have. */
    public boolean isOfKubernetes() {
        return row.ofKubernetes;
    }

    /** Whether Terraform runs there, or OpenTofu. */
    public boolean isOfTerraform() {
        return row.ofTerraform;
    }

    /** Why a value that is stored may not get in, a phrase that follows "if"; empty where no reason is known. */
    public String perhaps() {
        return row.perhaps;
    }

    /** What is to be done then, an imperative without its full stop. */
    public String perhapsDo() {
        return row.perhapsDo;
    }

    public List<String> perhapsLines() {
        return row.perhapsLines;
    }

    /** A script that runs before a job, as a path below a variable; empty where there is none. */
    String assignedIn() {
        return row.assignedIn;
    }

    /** The name that a variable tells, if it can be pasted and shown. */
    Map<PlaceName, String> names(Environment here) {
        PlaceName name = row.named;
        Optional<String> value = here.get(row.namedBy)
                .filter(text -> KnownName.PATTERN.matcher(text).matches());
        return name != null && value.isPresent() ? Map.of(name, value.get()) : Map.of();
    }

    /** A class of its own, so that a start without a plan does not load the machinery of patterns. */
    private static final class KnownName {
        static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,80}");
    }

    /** The configuration that starts the command and expands nothing, a noun phrase; empty where a shell's script does. */
    public String configuration() {
        return row.configuration;
    }

    /** Its lines that read the token from the file FILE. */
    public List<String> reading() {
        return row.reading;
    }

    /** How its jobs are skipped for forks: a sentence without its full stop. */
    public String skipFork() {
        return row.skipFork;
    }

    public List<String> skipForkLines() {
        return row.skipForkLines;
    }

    /** Where the value of {@code CHAINLOOP_TOKEN} is kept, a noun phrase. */
    public String kept() {
        return row.kept;
    }

    /** The same for a token that only one project is to get. */
    public String keptForProject() {
        return row.keptForProject.isEmpty() ? row.kept : row.keptForProject;
    }

    /** How the value gets in from there, a sentence without its full stop. */
    public String handIn() {
        return row.handIn;
    }

    /** The lines of a file that hand it in; none where the sentence says it all. */
    public List<String> handInLines() {
        return row.handInLines;
    }

    /** The command that stores the shell's {@code $token} where there is no value yet; empty where only a person can. */
    public String storeFirst() {
        return row.storeFirst;
    }

    /** The command that stores the shell's {@code $token} in the place of another value; empty where only a person can. */
    public String storeAgain() {
        return row.storeAgain;
    }

    /** The command that stores a value that it asks for; empty where there is none. */
    public String storeAsking() {
        return row.storeAsking;
    }

    /** Whether nobody can read what is stored there. */
    public boolean hidesValues() {
        return row.hidden;
    }

    /** The command that prints the value that is stored, for another to read; empty where there is none. */
    public String stored() {
        return row.stored;
    }

    /**
     * The command that has a changed value read; empty where none is needed.
     *
     * @param own whether what runs there is the user's own, and not the machine's
     */
    public String restart(boolean own) {
        return own ? row.restartOwn : row.restart;
    }

    /** How far that command is enough for a changed value, an imperative without its full stop. */
    public String rereading() {
        return row.rereading;
    }

    /** What has a changed value read where no command does, an imperative without its full stop; empty where nothing is needed. */
    public String anew() {
        return row.anew;
    }

    /** Whether its jobs have the variables of the moment when they were submitted, and may have waited since. */
    public boolean isSubmitted() {
        return row.submitted;
    }

    /** The command that hands the value to another command in a running container; empty elsewhere. */
    public String enter() {
        return row.enter;
    }

    /** The lines that give the Chainloop CLI a writable folder for its config file; none where a shell's do. */
    public List<String> configHome() {
        return row.configHome;
    }
}
