package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.source.Wrapping;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What people put in place of a token: its name, what it looks like, and what would make it right. The first row that fits
 * counts; a new one is a row here. No name holds a piece of the value.
 */
public enum Lookalike {
    GLUED("two tokens, one right behind the other", value -> isGlued(value.text), Cure.KEEP_ONE),
    SEVERAL("more than one token", value -> Wrapping.holdsSeveral(value.text), Cure.KEEP_ONE),
    UTF16("text in UTF-16, as PowerShell's `>` writes it", like("(?s)(\ufffd|.{0,3}\u0000).*"), Cure.STORE_ALONE),

    // A secret that exists, and that some program should have put in.
    ONE_PASSWORD(
            "a reference to a secret of 1Password that was not resolved",
            like("op://\\S[^\\n]*"),
            "Have `op` put the secret in (`op run -- COMMAND` does so, too)",
            "op read \"$CHAINLOOP_TOKEN\""),
    VALS(
            "a reference of vals (as in helmfile) that was not resolved",
            like("ref\\+\\w+://\\S*|ref\\+\\S+"),
            "Have `vals` put the secret in (`vals eval -f FILE` does so in a file)",
            "vals get \"$CHAINLOOP_TOKEN\""),
    TRANSIT(
            "text that Vault's transit engine encrypted",
            like("vault:v\\d+:[\\w+/=]+"),
            "Have Vault decrypt it: `vault write transit/decrypt/KEY ciphertext=\"$CHAINLOOP_TOKEN\"` prints it in base64"),
    BANK_VAULTS(
            "a reference to a secret of Vault that was not resolved",
            like("(>>)?vault:[^/\\s]*/\\S*|vault://\\S*"),
            "Run the command under `vault-env`, or in a pod that bank-vaults' webhook starts: only these resolve it"),
    AWS_SECRET(
            "a reference to a secret of AWS that was not resolved",
            like("arn:aws[\\w-]*:secretsmanager:\\S*"),
            "Have the secret put in by `aws`",
            "aws secretsmanager get-secret-value --secret-id \"$CHAINLOOP_TOKEN\" --query SecretString --output text"),
    AWS_PARAMETER(
            "a reference to a parameter of AWS that was not resolved",
            like("arn:aws[\\w-]*:ssm:\\S*"),
            "Have the parameter put in by `aws`",
            "aws ssm get-parameter --name \"$CHAINLOOP_TOKEN\" --with-decryption --query Parameter.Value --output text"),
    GOOGLE_VERSION(
            "a reference to a secret of Google Cloud that was not resolved",
            like("projects/[^/\\s]+/(locations/[^/\\s]+/)?secrets/[^/\\s]+/versions/\\S+"),
            "Have the secret put in by `gcloud`",
            "gcloud secrets versions access \"$CHAINLOOP_TOKEN\""),
    GOOGLE_SECRET(
            "a reference to a secret of Google Cloud that was not resolved",
            like("projects/[^/\\s]+/(locations/[^/\\s]+/)?secrets/[^/\\s]+"),
            "Have the secret put in by `gcloud`",
            "gcloud secrets versions access latest --secret=\"$CHAINLOOP_TOKEN\""),
    KEY_VAULT(
            "a reference to a secret of Azure's Key Vault that was not resolved",
            like("(?i)@Microsoft\\.KeyVault\\(.*|https://[\\w-]+\\.vault\\.azure\\.[a-z.]+/secrets/\\S+"),
            "Have the secret put in: App Service does so where the app's identity may read it, elsewhere `az keyvault secret"
                    + " show --name NAME --vault-name VAULT --query value -o tsv`"),
    TEAMCITY_PASSWORD(
            "TeamCity's reference to a password, which it resolves only in a parameter of the type Password",
            like("credentialsJSON:\\S+"),
            "Where TeamCity's settings are written, make the parameter one of the type Password"),
    PARAMETER_NAME(
            "a reference to a parameter of AWS that was not resolved",
            like("ssm:(?!//)\\S+"),
            "Have the parameter that is named behind `ssm:` put in: `aws ssm get-parameter --name NAME --with-decryption"
                    + " --query Parameter.Value --output text` prints it"),
    KEY_VAULT_NAME(
            "a reference to a secret of Azure's Key Vault that was not resolved",
            like("akv:(?!//)\\S+"),
            "Have the secret that is named behind `akv:` put in: `az keyvault secret show --name NAME --vault-name VAULT"
                    + " --query value -o tsv` prints it"),
    BERGLAS(
            "a reference of berglas to a secret of Google Cloud that was not resolved",
            like("(?i)(sm|berglas)://\\S+"),
            "Run the command under `berglas exec -- COMMAND`, which resolves it"),
    DYNAMIC_REFERENCE(
            "a dynamic reference of CloudFormation that was not resolved",
            like("\\{\\{resolve:.*\\}\\}"),
            "Have it resolved: CloudFormation does so only in its own templates; elsewhere `aws secretsmanager get-secret-value"
                    + " --secret-id NAME --query SecretString --output text` prints the value"),
    BITWARDEN(
            "a reference to a secret of Bitwarden that was not resolved",
            like("(?i)(bws|bw|bitwarden)://\\S*"),
            "Run the command under `bws run -- 'COMMAND'`, which hands in the secrets of a project by their names"),
    INFISICAL(
            "a reference to a secret of Infisical that was not resolved",
            like("(?i)infisical://\\S*"),
            "Run the command under `infisical run -- COMMAND`, which hands in the secrets of an environment by their names"),
    DOPPLER_REFERENCE(
            "a reference to a secret of Doppler that was not resolved",
            like("(?i)doppler://\\S*"),
            "Run the command under `doppler run -- COMMAND`, which hands in the secrets of a config by their names"),
    OTHER_REFERENCE(
            "a reference to a secret that was not resolved",
            like("(?i)(secret|env|ssm|gcp-sm|awssm|keyring|akv|keyvault|secretref)://\\S*"
                    + "|(secretref|keyvaultref|credentials|awssecret|secret|keyring|env):\\S+|<path:\\S+>"
                    + "|![A-Za-z]\\w* .+"),
            "Have the program that the reference is for put the secret in, where the command runs"),
    SOPS(
            "text that sops encrypted",
            like("(?s)ENC\\[AES256_GCM,.*"),
            "Have `sops` decrypt the whole file where the command runs: `sops exec-env FILE 'COMMAND'`"),
    ANSIBLE(
            "text that Ansible Vault encrypted",
            like("(?s)(!vault \\|\\s*)?\\$ANSIBLE_VAULT;.*"),
            "Have Ansible decrypt it: `ansible-vault view FILE` prints what is in it"),
    EYAML(
            "text that hiera-eyaml encrypted",
            like("(?s)ENC\\[[A-Z0-9_]+,.*"),
            "Have it decrypted: `eyaml decrypt -s TEXT` prints it"),
    CIRRUS(
            "text that Cirrus CI encrypted",
            like("ENCRYPTED\\[!?[^\\n]*\\]"),
            "Write it as the variable's value below `env:` in .cirrus.yml: Cirrus CI decrypts it only there, and not for pull"
                    + " requests of people who cannot write to the repository"),
    DOTENVX(
            "text that dotenvx encrypted",
            like("encrypted:[\\w+/=]{20,}"),
            "Run the command under `dotenvx run -- COMMAND`, with the private key in DOTENV_PRIVATE_KEY (or the one of the"
                    + " file's environment)"),
    KMS(
            "text that AWS KMS encrypted",
            like("AQ[IE]C[\\w+/=]{60,}"),
            "Have KMS decrypt it",
            "aws kms decrypt --ciphertext-blob \"$CHAINLOOP_TOKEN\" --query Plaintext --output text | base64 -d"),
    SEALED(
            "text that Sealed Secrets encrypted (kubeseal)",
            like("Ag[A-D][\\w+/=]{300,}"),
            "Write it below `encryptedData:` of a SealedSecret: only the controller in its cluster decrypts it, into a Secret"),
    EJSON(
            "text that ejson encrypted",
            like("EJ\\[1:[^\\]\\s]+\\]"),
            "Have it decrypted: `ejson decrypt FILE` prints the file that it is in"),
    JASYPT(
            "text that a program encrypted (jasypt, Spring Cloud Config)",
            like("(?s)ENC\\(.*\\)|\\{cipher\\}.*"),
            "Have the program whose configuration it is decrypt it"),
    PGP(
            "text that was encrypted with PGP or age",
            like("(?s)-----BEGIN (PGP MESSAGE|AGE ENCRYPTED FILE)-----.*|age-encryption\\.org/.*"),
            "Decrypt it with the recipient's key: `gpg --decrypt FILE`, or `age --decrypt -i KEY FILE`"),

    // A name that was not replaced.
    BRACED_NAME(
            "a name in `${{ }}` that was not replaced",
            like("\\$\\{\\{\\s*\\w+\\s*\\}\\}"),
            Cure.EXPAND,
            "Put the value in the place of its name: Codefresh replaces `${{NAME}}` where a variable has that name; on GitHub it"
                    + " is `${{ secrets.NAME }}`, and only in a workflow's file"),
    GITHUB_EXPRESSION(
            "an expression of a GitHub workflow that was not evaluated",
            like("(?s)\\$\\{\\{.*\\}\\}"),
            Cure.EXPAND,
            "Put the value in the place of its name: GitHub evaluates `${{ secrets.NAME }}` in a workflow's file, but in no"
                    + " script and no file that a step reads"),
    HARNESS_EXPRESSION(
            "an expression of Harness that was not evaluated",
            like("<\\+[A-Za-z][^\\n]*>"),
            Cure.EXPAND,
            "Put the value in the place of its name: Harness evaluates `<+secrets.getValue(\"ID\")>` in the fields of a pipeline,"
                    + " but in no script that a step reads from the repository"),
    EDITORS_VARIABLE(
            "a variable of VS Code that was not replaced",
            like("\\$\\{(env|localEnv|containerEnv|input|config|command):[^}\\n]*\\}"),
            Cure.EXPAND,
            "Leave the line out where the variable is set already, or put the token itself there: VS Code replaces `${env:NAME}`"
                    + " only in its own tasks.json and launch.json, and dev containers `${localEnv:NAME}` only in"
                    + " devcontainer.json, but no file of variables (`.env`, `envFile`)"),
    IDE_MACRO(
            "a macro of a JetBrains IDE that was not replaced",
            like("\\$[A-Za-z_]\\w*\\$"),
            Cure.EXPAND,
            "Take the line out of the run configuration, where an IDE replaces `$NAME$` only if it knows a macro of that name,"
                    + " and start the IDE where the variable is set"),
    FROM_SECRET(
            "a reference of Drone or Woodpecker that became text before it was resolved",
            like("map\\[from_secret:[^\\]\\n]*\\]"),
            Cure.EXPAND,
            "Write `from_secret: NAME` as a mapping below the step's `environment:`, without quotes around it, where the CI"
                    + " resolves it; in a string or a template it becomes text"),
    CALL_OF_JENKINS(
            "a call in a Jenkinsfile that Jenkins did not make",
            like("credentials\\(['\"]?[\\w.-]+['\"]?\\)"),
            Cure.EXPAND,
            "In the Jenkinsfile, write the call without quotes around it, and only in `environment {}`: Jenkins makes it"
                    + " nowhere else"),
    TEAMCITY_PARAMETER(
            "the name of a parameter of TeamCity that was not replaced",
            like("%(secure:[^%\\s]+|\\w+([.]\\w[\\w-]*)+)%"),
            Cure.EXPAND,
            "Put the value in the place of its name: TeamCity replaces `%NAME%` in the settings of a build, such as a"
                    + " parameter env.CHAINLOOP_TOKEN, but in no script that a step reads from the repository"),
    CREDENTIAL_FILE(
            "the path of a systemd credential, whose variable was not replaced",
            like("(\\$(\\{CREDENTIALS_DIRECTORY\\}|CREDENTIALS_DIRECTORY)|%d)/[\\w.@-]+"),
            Cure.EXPAND,
            "Have the credential's file read where the command starts: a unit's `Environment=` replaces no variables, and the"
                    + " CLI needs what is in the file"),
    TEMPLATE(
            "an expression of a template that was not rendered",
            like("(?s)\\{\\{.*\\}\\}|\\{%.*%\\}|<%.*%>"),
            Cure.EXPAND,
            "Have the template rendered by its program (Helm, Ansible, consul-template, …) before its result is used"),
    CONCOURSE(
            "a variable of Concourse or CredHub that was not replaced",
            like("\\(\\([^\\n]*\\)\\)"),
            Cure.EXPAND,
            "Have it replaced: `fly set-pipeline` takes `--var NAME=VALUE`, or Concourse asks its credential manager for it"),
    COMMAND(
            "a command that no shell ran",
            like("(?s)\\$\\([\\w./-]+\\s.*\\)|`[\\w./-]+\\s[^`]*`"),
            Cure.EXPAND,
            "Have a shell run the command where the variable is set: it does so in double quotes or none, but not in single"
                    + " ones; files of variables (`.env`, `--env-file`, systemd) run nothing"),
    MACRO(
            "the name of a variable that was not replaced (Azure Pipelines or Kubernetes), or a command that no shell ran",
            like("(?s)\\$\\(.*\\)"),
            Cure.EXPAND,
            "Put the value in the place of its name: Azure Pipelines replaces `$(NAME)` only where a variable has that name,"
                    + " Kubernetes only where it stands before in `env`, and a shell runs `$(…)`, but not in single quotes"),
    UNEXPANDED(
            "the name of a variable or a secret that was not replaced by its value",
            like("(?s)[$%#@]\\{.*\\}#?|\\$\\[.*\\]|`[^`]*`|\\$(env:)?\\w+"
                    + "|%\\w+%|__\\w+__|(secrets|vars|env|github|inputs|variables)\\.\\w+"),
            Cure.EXPAND),
    EATEN_BY_MAKE(
            "the name of a variable without its first letter, which make took for a variable of its own",
            like("HAINLOOP_\\w+"),
            Cure.EXPAND,
            "In the Makefile, write `\"$$CHAINLOOP_TOKEN\"`, since make takes `$C` for its own; or leave the assignment out:"
                    + " recipes get what is exported where make is started"),
    EATEN_BY_SHELL(
            "the name of a variable behind a colon, which is left of PowerShell's `$env:`",
            like(":CHAINLOOP_\\w+"),
            Cure.EXPAND,
            "Write `\"$CHAINLOOP_TOKEN\"`, since only PowerShell knows `$env:CHAINLOOP_TOKEN`, and other shells replace the"
                    + " `$env` in it by nothing; or leave the assignment out: commands get what is exported"),
    PROCESS_ID(
            "a process ID and the name of a variable",
            like("\\d{1,7}\\{?CHAINLOOP_\\w+\\}?"),
            Cure.EXPAND,
            "Write `\"$CHAINLOOP_TOKEN\"` with a single `$`: a shell takes `$$` for its process ID, and two are for Makefiles"
                    + " and Compose files"),
    NAME(
            "the name of a variable, not its value",
            like("[{(]?CHAINLOOP_\\w+[)}]?"),
            Cure.EXPAND,
            "Put the variable's value"
                    + " in the place of its name: a shell needs `\"$CHAINLOOP_TOKEN\"`, with the `$`"),
    /** Not looked at; in lines it is not followed. */
    FILE("the path of a file", like("@?(~|\\.{1,2})?/[/\\w.@ +-]+|[A-Za-z]:\\\\[^\\n]*|file:\\S*"), Cure.READ_FILE),

    // What was printed in place of the secret.
    ERROR_OF_1PASSWORD(
            "an error message of 1Password's `op`, which should have printed the secret",
            like("(?s)\\[ERROR\\] \\d{4}/\\d\\d/\\d\\d .*"),
            "Run that `op` command by itself, and mend what it says: `op signin` if nobody is signed in there, or"
                    + " OP_SERVICE_ACCOUNT_TOKEN where nobody can"),
    ERROR_OF_VAULT(
            "an error message of Vault, which should have printed the secret",
            like(
                    "(?s)(Error (making API request|reading|looking up token|checking seal status)\\b.*|No value found at [^\\n]*)"),
            "Run that `vault` command by itself, and mend what it says: `vault login` if its token has ended, a policy if"
                    + " permission is denied, or the path (`vault kv get` adds the `data/` itself)"),
    ERROR_OF_AWS(
            "an error message of `aws`, which should have printed the secret",
            like("(?s)(aws: \\[ERROR\\]: )?(An error occurred \\(|Unable to locate credentials|Error loading SSO Token"
                    + "|Error when retrieving token from sso|The SSO session associated).*"),
            "Run that `aws` command by itself, and mend what it says: `aws sso login` if the session has ended, or the role's"
                    + " right to read the secret (`aws sts get-caller-identity` names the role)"),
    WEB_PAGE(
            "a web page, which something sent in place of an answer",
            like("(?is)<(!doctype html|html)\\b.*"),
            "Run the command that fetches the secret by itself, with `curl --fail-with-body` if it is that: a proxy or a login"
                    + " page answered, or the server failed"),
    ERROR_MESSAGE(
            "an error message, which a program printed in place of the secret",
            like("(?is)\\[?(error|fatal|panic)\\b[\\]:!]* .*|\\{\\s*\"errors?\"\\s*:.*\\}"
                    + "|[\\w./-]+: [^\\n]*(not found|permission denied|no such file or directory)"),
            "Run the command that prints the secret by itself, and mend what it says: it may want a sign-in, a right to read"
                    + " the secret, or the secret's right name"),
    CONCEALED(
            "a mask, which 1Password's `op run` shows in place of a secret",
            like("<concealed by 1Password>"),
            "Have `op` print the secret itself: `op read op://VAULT/ITEM/FIELD`, or `op run --no-masking` where the output of"
                    + " the command is read"),
    SENSITIVE(
            "what Terraform shows in place of a value that is sensitive or not known yet",
            like("\\((sensitive( value)?|known after apply)\\)|<sensitive>"),
            "Have Terraform print the value itself, once it is applied: `terraform output -raw NAME`"),
    DESCRIBED(
            "what `kubectl describe` shows in place of a value",
            like("<set to the key [^\\n]*>"),
            "Have the secret itself printed: `kubectl get secret SECRET -o jsonpath='{.data.KEY}' | base64 -d`"),
    OBJECT(
            "what a program prints for an object in place of its text",
            like("\\[object \\w+\\]|(?s)Calling \\[to(String|JSON)\\] on an \\[Output<T>\\].*|map\\[[^\\n]*\\]"),
            "Where the value is put in, name the field that holds the token (in Pulumi, inside `apply` or `pulumi.interpolate`)"),

    // Here another token is needed.
    MASK(
            "a mask, which logs show in place of a secret",
            like(
                    "[*•●.xX·]{3,}|(?i)[\\[<(](masked|redacted|secret|secure|hidden|filtered)[\\])>]|(?s)\\*{3}.*|(?s).*\\*{3}"),
            Cure.STORE_WHOLE),
    NO_VALUE(
            "what a template or a command prints for a key that is not there",
            like("(?i)null|undefined|none|nil|<no value>|<nil>|%!\\w\\(<nil>\\)|VARIABLE IS NOT DEFINED!?(: [^\\n]*)?"),
            Cure.STORE_WHOLE),
    UNSET(
            "what a program prints for a missing value",
            like("(?i)\\(null\\)|nan|n/a|''|\"\"|\\{\\}|\\[\\]|-"),
            Cure.STORE_WHOLE),
    PLACEHOLDER(
            "a placeholder, which examples have in place of a secret",
            like("(?i)(?!.{81})(<[\\w -]+>|[\\[{]?(your|my|insert|put|paste|enter|replace|change)[ _-]?[\\w -]*"
                    + "(token|secret|key|value|here|me)[\\]}]?|todo|tbd|fixme|dummy|placeholder|example)"),
            Cure.STORE_WHOLE),
    KEY(
            "a key or a certificate",
            like("(?s)-----BEGIN.*|MII[\\w+/=\\s]{40,}|ssh-\\w+ [\\w+/=]+( [^\\n]*)?|\\{[^{]*\"(kty|keys)\".*"),
            Cure.GIVE_AS_KEY),
    ADDRESS("a URL", like("(?i)(https?|grpcs?)://\\S+|[\\w.-]+:\\d{2,5}"), Cure.STORE_WHOLE),
    ID(
            "an ID or a fingerprint, not the token itself",
            like("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|sha256:[0-9a-f]{16}"),
            Cure.STORE_WHOLE),

    GITHUB("GitHub", "(gh[pousr]_|github_pat_)\\w+"),
    GITLAB("GitLab", "gl[a-z]{2,6}-[\\w.-]+|GR1348941[\\w-]+"),
    VAULT("Vault", "hv[sbr]\\.[\\w-]+|[sbr]\\.\\w{24,}(\\.\\w+)?"),
    AWS("AWS", "(AKIA|ASIA)[A-Z0-9]{12,}(:\\S+)?"),
    AZURE("Azure", "\\w{3}\\dQ~[\\w.~-]+"),
    GOOGLE("Google", "AIza[\\w-]+|ya29\\.[\\w.-]+|GOCSPX-[\\w-]+"),
    SLACK("Slack", "xox[a-z]-[\\w.-]+|xapp-[\\w-]+"),
    NPM("npm", "npm_\\w+|(//\\S+:)?_authToken=\\S+"),
    BITBUCKET("Bitbucket", "ATBB\\w+|ATCTT3\\S+"),
    BUILDKITE("Buildkite", "bk(ua|aj|ct|pt)_\\w+|bkjwt_\\S+"),
    DIGITALOCEAN("DigitalOcean", "do[opr]_v1_\\w+"),
    SNYK("Snyk", "snyk_\\S+"),
    STRIPE("Stripe", "[rs]k_(live|test)_\\w+"),
    DATABRICKS("Databricks", "dapi[0-9a-f]{32}(-\\d)?"),
    GRAFANA("Grafana", "gl(sa|c)_\\S+"),
    DOPPLER("Doppler", "dp\\.\\w+\\.\\S+"),
    LINEAR("Linear", "lin_api_\\w+"),
    RUBYGEMS("RubyGems", "rubygems_\\w+"),
    HUGGING_FACE("Hugging Face", "hf_\\w{20,}"),
    ONE_PASSWORD_ACCOUNT("1Password's service accounts", "ops_ey[\\w-]+"),
    PYPI("PyPI", "pypi-[\\w-]+"),
    DOCKER("Docker", "dckr_[a-z]{3}_[\\w-]+"),
    HASHICORP("HashiCorp's Terraform", "\\w+\\.atlasv1\\.\\w+"),
    ATLASSIAN("Atlassian", "AT[A-Z]{2}T3[\\w=-]+"),
    SONAR("SonarQube", "sq[pau]_\\w+"),
    CIRCLECI("CircleCI", "CCI(PAT|PRJ)_\\w+"),
    ARTIFACTORY("Artifactory", "AKC[a-z]\\w{20,}|cmVmdGtu[\\w+/=]+"),
    ANTHROPIC("Anthropic", "sk-ant-[\\w-]+"),
    OPENAI("OpenAI", "sk-[\\w-]+"),
    BASIC("HTTP's Basic authentication", "(?i:basic) [\\w+/=]+"),

    ENCRYPTED(
            "an encrypted token (JWE), which only its recipient can read",
            value -> isEncrypted(value.text),
            Cure.STORE_OWN),
    CUT("a truncated token: only a part of it is there", value -> isCut(value.text), Cure.STORE_WHOLE),
    CUT_BASE64(
            "the beginning of a token in base64: the rest is missing, and the CLI decodes nothing",
            value -> isCutBase64(value.text),
            Cure.STORE_WHOLE),
    OTHER_JSON("JSON in which there is no token", like("(?s)\\{\\s*\".*\\}|\\[\\s*[{\"].*\\]"), Cure.STORE_WHOLE),

    /** From here on they are JWTs. */
    ROBOT_ACCOUNT(
            "a robot account's token, which the CLI dropped in v0.91.0; the server still accepts it for attestations",
            audience("attestations.chainloop"),
            Cure.CREATE_API_TOKEN),
    OLD_CLIENT(
            "a user's token from before v0.55 or an old robot account's; neither is accepted any more",
            audience("client.chainloop"),
            Cure.GET_TOKEN),
    ARTIFACT_STORE(
            "a token for one transfer to or from the artifact store, valid for 30 seconds",
            audience("artifact-cas.chainloop"),
            Cure.GET_TOKEN),
    MCP_USER(
            "a user's token for the MCP server, which the control plane's API does not accept",
            audience("mcp-user-auth.chainloop"),
            Cure.GET_TOKEN),

    /** Of these only the issuer, or the subject, is known. */
    SERVICE_ACCOUNT(
            "a Kubernetes service account",
            value -> value.subject.startsWith("system:serviceaccount:")
                    || Patterns.CLUSTER.matcher(value.issuer).matches()),
    OF_CIRCLECI("CircleCI", issuer("^https://oidc\\.circleci\\.com/")),
    OF_AZURE(
            "Azure",
            issuer("^https://(login\\.microsoftonline\\.com|sts\\.windows\\.net|vstoken\\.dev\\.azure\\.com)/")),
    OF_GOOGLE("Google", issuer("^https://accounts\\.google\\.com|^https://container\\.googleapis\\.com/")),
    OF_AWS("AWS", issuer("\\.amazonaws\\.com(/|$)")),
    OF_VAULT("Vault", issuer("/v1/identity/oidc")),
    OF_BITBUCKET("Bitbucket", issuer("^https://api\\.bitbucket\\.org/")),
    OF_BUILDKITE("Buildkite", issuer("^https://agent\\.buildkite\\.com")),
    OF_TERRAFORM("Terraform", issuer("^https://app\\.terraform\\.io")),
    OF_SPACELIFT("Spacelift", issuer("^https://[\\w-]+\\.app\\.(us\\.)?spacelift\\.io")),
    OF_CODEFRESH("Codefresh", issuer("^https://oidc\\.codefresh\\.io")),
    OF_SEMAPHORE("Semaphore", issuer("^https://[\\w-]+\\.semaphoreci\\.com")),
    OF_HARNESS("Harness", issuer("^https://[\\w.-]*\\bharness\\.io")),
    OF_VERCEL("Vercel", issuer("^https://oidc\\.vercel\\.com")),
    OF_OKTA("Okta or Auth0", issuer("^https://[\\w-]+\\.(okta|oktapreview|[a-z]{2}\\.auth0|auth0)\\.com")),
    OF_KEYCLOAK("Keycloak", issuer("^https?://[^/]+(/auth)?/realms/")),
    OF_ARTIFACTORY("Artifactory", issuer("^jf(rt|ac|xr|ds)@"));

    private static final Parser PARSER = new Parser();

    final String what;
    final Cure cure;
    private final String how;
    private final String command;

    @SuppressWarnings("ImmutableEnumChecker") // It has no state.
    private final Predicate<Value> looks;

    Lookalike(String name, Predicate<Value> looks, Cure cure, String how, String command) {
        this.what = "it is " + name;
        this.looks = looks;
        this.cure = cure;
        this.how = how;
        this.command = command;
    }

    Lookalike(String name, Predicate<Value> looks, Cure cure) {
        this(name, looks, cure, "", "");
    }

    /** What another program replaces. */
    Lookalike(String name, Predicate<Value> looks, Cure cure, String how) {
        this(name, looks, cure, how, "");
    }

    /** A secret that another program resolves or decrypts. */
    Lookalike(String name, Predicate<Value> looks, String how) {
        this(name, looks, Cure.RESOLVE, how, "");
    }

    /** @param command prints the secret that the variable refers to */
    Lookalike(String name, Predicate<Value> looks, String how, String command) {
        this(name, looks, Cure.RESOLVE, how, command);
    }

    Lookalike(String issuer, Predicate<Value> looks) {
        this("a token of " + issuer, looks, Cure.CREATE_API_TOKEN);
    }

    Lookalike(String service, String pattern) {
        this("a token or a key of " + service, like(pattern), Cure.STORE_OWN);
    }

    /** What it is, a phrase that begins with "it is". */
    public String what() {
        return what;
    }

    /** Who puts in what it stands for, an imperative without its full stop; empty where nobody does. */
    public String how() {
        return how;
    }

    /** The command that prints what the variable refers to; empty where there is none. */
    public String command() {
        return command;
    }

    /** Whose token it is by its issuer, if that is none whose tokens Chainloop can accept. */
    public static Optional<Lookalike> ofIssuer(String issuer) {
        return Arrays.stream(values())
                .filter(row -> row.isOfAnIssuer() && row.looks.test(new Value("", List.of(), issuer, "")))
                .findFirst();
    }

    /** What a value that is not a JWT is instead, if it looks like any of these. */
    static Optional<Lookalike> of(String text) {
        return of(new Value(text.strip(), List.of(), "", ""));
    }

    /** What a JWT without a type is, if it is any of these. */
    static Optional<Lookalike> of(Claims claims) {
        String subject = claims.text("sub").orElse("");
        return of(new Value("", claims.audience(), claims.text("iss").orElse(""), subject));
    }

    private static Optional<Lookalike> of(Value value) {
        return Arrays.stream(values()).filter(row -> row.looks.test(value)).findFirst();
    }

    /** Whether it is another service's token, which its audience does not tell. */
    boolean isOfAnIssuer() {
        return compareTo(SERVICE_ACCOUNT) >= 0;
    }

    private static Predicate<Value> like(String pattern) {
        Pattern whole = Pattern.compile("^(?:" + pattern + ")");
        return value -> whole.matcher(value.text).matches();
    }

    private static Predicate<Value> issuer(String pattern) {
        Pattern part = Pattern.compile(pattern);
        return value -> part.matcher(value.issuer).find();
    }

    private static Predicate<Value> audience(String audience) {
        return value -> value.audience.contains(audience);
    }

    /** Whether it is one token behind another: a JWE has five parts, too, but says how it is encrypted. */
    private static boolean isGlued(String text) {
        if (Patterns.NO_LETTER.matcher(text).find() || hasEncryption(text)) {
            return false;
        }
        String[] parts = text.split("\\.", 6);
        return parts.length > 4 && Wrapping.isJwt(parts[0] + "." + parts[1] + ".");
    }

    private static boolean isEncrypted(String text) {
        return hasEncryption(text) && text.split("\\.", 6).length == 5;
    }

    private static boolean hasEncryption(String text) {
        String header = text.substring(0, Math.max(0, text.indexOf('.')));
        try {
            return PARSER.header(header + ".e30.").containsKey("enc");
        } catch (MalformedTokenException e) {
            return false;
        }
    }

    /** Whether a part of a token can be read and the rest is missing, perhaps with dots in its place; e30 is an empty object. */
    private static boolean isCut(String text) {
        String[] parts = text.split("\\.", -1);
        return Patterns.CUT.matcher(text).matches()
                || (parts.length == 2 && Wrapping.isJwt(parts[0] + ".e30."))
                || (parts.length == 3
                        && Wrapping.isJwt("e30." + parts[1] + ".")
                        && !Wrapping.isJwt(parts[0] + ".e30."));
    }

    /** Whether what stands there in base64, perhaps in lines, is the beginning of a token. A whole one has been decoded. */
    private static boolean isCutBase64(String text) {
        if (!Patterns.BASE64_OF_TOKEN.matcher(text).matches()) {
            return false;
        }
        String letters = Patterns.NOT_BASE64.matcher(text).replaceAll("");
        byte[] decoded = Base64.getDecoder().decode(letters.substring(0, letters.length() / 4 * 4));
        return Patterns.BEGINNING
                .matcher(new String(decoded, StandardCharsets.ISO_8859_1))
                .matches();
    }

    /** What the constants above are recognized by, which are made before any field of their own class. */
    private static final class Patterns {
        static final Pattern NO_LETTER = Pattern.compile("[^\\w.-]");
        static final Pattern CLUSTER =
                Pattern.compile("^(?:kubernetes/serviceaccount|https://kubernetes\\.default\\.svc.*)");
        static final Pattern BASE64_OF_TOKEN = Pattern.compile("^ZXlK[A-Za-z0-9+/\\s]{12,}={0,2}");
        static final Pattern NOT_BASE64 = Pattern.compile("[\\s=]");
        static final Pattern BEGINNING = Pattern.compile("^eyJ[\\w.-]+\\s*");
        static final Pattern CUT = Pattern.compile("^(?:ey[\\w-]{10,}|(?=.*(…|\\.\\.|\\*\\*|\\[))ey[\\w.*\\[\\]…-]*)");
    }

    /** A value in place of a token; its text is empty where it is a JWT, and its audience where it is not. */
    private record Value(String text, List<String> audience, String issuer, String subject) {}
}
