package dev.chainloop.token.advice;

import dev.chainloop.token.core.Form;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.source.Authority;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.OtherConfig;
import dev.chainloop.token.source.SourceKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the rows of a plan may ask about config files and the control plane, and how the CLI's commands name them. */
abstract class ConfigQuestions extends StartupQuestions {
    private static final String STATE = ".chainloop-attestation.json";

    /** A proxy as a variable has it, perhaps with a user and a password. */
    private static final Pattern PROXY =
            Pattern.compile("\\A(https?://)?(?:[^@/\\s]{0,200}@)?([A-Za-z0-9.-]{1,99}(?::\\d{1,5})?)/?");

    final Commands own;
    final Commands away;

    ConfigQuestions(Situation situation, Cure cure, OtherTokens others) {
        super(situation, cure, others);
        this.own = new Commands(evidence, false, shell(), controlPlaneThere());
        this.away = new Commands(evidence, true, shell, controlPlaneThere());
    }

    /** The CLI's commands as they are run here. */
    Commands own() {
        return own;
    }

    /** The CLI's commands as they are run where a person can log in. */
    Commands away() {
        return away;
    }

    /** The source of the token at hand, where the text says that it was sent although another comes first. */
    Optional<String> sourceBehindAnother() {
        boolean only =
                !asked() && evidence.search().looked(SourceKind.ENVIRONMENT).isEmpty();
        return Optional.ofNullable(inspection.origin())
                .map(Origin::kind)
                .filter(kind -> only && !given() && kind != SourceKind.ENVIRONMENT)
                .map(SourceKind::word);
    }

    // ---------- what a text tells of the command that failed

    /** The version of the CLI that failed. */
    Optional<String> cliVersion() {
        return situation.told().version();
    }

    /** Whether the control plane is of a later version than the CLI that failed, as its log shows. */
    boolean serverIsNewer() {
        Optional<int[]> cli = cliVersion().map(ConfigQuestions::numbers);
        Optional<int[]> server = said(Detail.SERVER_VERSION).map(ConfigQuestions::numbers);
        return cli.isPresent() && server.isPresent() && Arrays.compare(cli.get(), server.get()) < 0;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.replace("v", "").split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /** What the log of the failed command says beside the message. */
    Optional<String> said(Detail detail) {
        return situation.told().detail(detail).filter(value -> !here.redacted());
    }

    /** The same in a phrase, such as {@code " of version %s"}; empty where the log does not say it. */
    String said(Detail detail, String phrase) {
        return said(detail).map(phrase::formatted).orElse("");
    }

    /** Whether `apply` asked for the one call that applies contracts, which can be created and updated without it. */
    boolean appliesContract() {
        return said(Detail.METHOD)
                .filter(method -> method.startsWith("Apply for service controlplane.v1.WorkflowContractService"))
                .isPresent();
    }

    /** A command with the names of the attestation that the log shows, as far as it does. */
    String ofAttestation(String command) {
        return command.replace(
                        "WORKFLOW", said(Detail.WORKFLOW).filter(Form::isLabel).orElse("WORKFLOW"))
                .replace("PROJECT", said(Detail.PROJECT).filter(Form::isLabel).orElse("PROJECT"))
                .replace(
                        "--org ORGANIZATION",
                        own.organization()
                                .filter(name -> judged() && Form.isLabel(name))
                                .map(name -> "--org " + name)
                                .orElse("--org ORGANIZATION"));
    }

    /** Whether each command of the CLI runs in a container, whose own files nobody keeps. */
    boolean inContainers() {
        return runInContainer().isPresent() || !place.enter().isEmpty();
    }

    /** The port that the CLI asked for in a container, and that is meant to be the machine's. */
    Optional<String> portOutside() {
        return said(Detail.LOOPBACK)
                .filter(port -> inContainers()
                        || said(Detail.STARTED_BY)
                                .filter(Passage::runsContainer)
                                .isPresent());
    }

    /** The command that runs the CLI in one, as the log shows. */
    Optional<String> runInContainer() {
        return said(Detail.CONTAINER_RUN);
    }

    /** A file for the state of an attestation that no other job has. */
    String ownStateFile() {
        if (inContainers()) {
            return said(Detail.MOUNT).or(() -> said(Detail.VALUE_FOLDER)).orElse("FOLDER") + "/" + STATE;
        }
        return switch (place) {
            case GITHUB -> "\"$RUNNER_TEMP/chainloop-attestation.json\"";
            case GITLAB -> "\"$CI_PROJECT_DIR/.chainloop-attestation.json\"";
            case JENKINS -> "\"$WORKSPACE/.chainloop-attestation.json\"";
            case BITBUCKET -> "\"$BITBUCKET_CLONE_DIR/.chainloop-attestation.json\"";
            default -> "\"$PWD/.chainloop-attestation.json\"";
        };
    }

    /** How the file for the state of an attestation gets from one step or job of the place to the next, a clause. */
    String handingOnState() {
        if (inContainers()) {
            return "in a folder that is mounted into each container";
        }
        return switch (place) {
            case BITBUCKET ->
                "and list .chainloop-attestation.json under `artifacts:` of each step that has a next one";
            case GITLAB ->
                "and list .chainloop-attestation.json under `artifacts:` (`paths:`) of each job that has a next one";
            case GITHUB ->
                "and hand it to the next job with actions/upload-artifact and actions/download-artifact (`path: ${{"
                        + " runner.temp }}`)";
            case CIRCLECI -> "and hand it to the next job with `persist_to_workspace` and `attach_workspace`";
            case AZURE -> "and hand it to the next job as a pipeline artifact (`publish`, `download`)";
            case JENKINS -> "and hand it to a stage on another agent with `stash` and `unstash`";
            case BUILDKITE -> "and hand it to the next step with `buildkite-agent artifact upload` and `download`";
            case DRONE, WOODPECKER, HARNESS, CLOUD_BUILD -> "in the folder of the clone, which all steps share";
            case TEKTON -> "in a workspace that the tasks share";
            case CONCOURSE -> "in an output of each task that is an input of the next";
            default -> "and hand that file on to where the next one runs";
        };
    }

    /** What started the CLI without the variable, as the log shows. */
    Optional<Passage> passage() {
        return said(Detail.STARTED_BY).flatMap(Passage::of);
    }

    boolean hasWhatWasNotHandedOn() {
        return passage().isPresent() && label().isEmpty() && here.variableSet() && !expired();
    }

    /** The file from which the variable comes, as the log shows. */
    Optional<String> variablesFile() {
        // A CI system sets the variable itself, and what a script reads beside that is about something else.
        return said(Detail.FILE_OF_CONTAINER)
                .or(() -> said(Detail.FILE_OF_VARIABLES).filter(file -> !place.isCi()))
                .or(() -> said(Detail.FILE_OF_SHELL).filter(file -> !place.isCi()))
                .filter(file -> !isSetByProgram() && !given());
    }

    /** That file, and what its lines must look like. */
    String variablesFileAndForm() {
        return variablesFile().orElse("FILE")
                + (says(Detail.FILE_OF_CONTAINER)
                        ? " (`--env-file` takes each line as it stands: without quotes and `export`)"
                        : says(Detail.FILE_OF_SHELL) && !says(Detail.FILE_OF_VARIABLES)
                                ? " (lines of a shell: with `export`, unless `set -a` is on when they are read)"
                                : "");
    }

    @Override
    String kept() {
        return variablesFile()
                .map(file -> "CHAINLOOP_TOKEN in " + (cure() == Cure.HAND_IN ? file : variablesFileAndForm()))
                .orElseGet(super::kept);
    }

    @Override
    String startAnew() {
        return variablesFile().isPresent() ? "run again what reads it" : super.startAnew();
    }

    @Override
    String whereSet() {
        return variablesFile().map(file -> "in " + file).orElseGet(super::whereSet);
    }

    /** Whether the log names the program that ran, or where it was sought: a terminal may find another one. */
    boolean otherProgramRan() {
        return says(Detail.PROGRAM) || (says(Detail.SEARCH_PATH) && says(Detail.UNKNOWN_WORD));
    }

    /** Whether the CLI that ran may lack what a version has. */
    boolean mayBeOlderThan(String version) {
        return cliVersion()
                .filter(ran -> Arrays.compare(numbers(ran), numbers(version)) >= 0)
                .isEmpty();
    }

    boolean programKnown() {
        return cliVersion().isPresent() || otherProgramRan();
    }

    boolean contractsAreRestricted() {
        return says(Detail.CONTRACT_CREATORS);
    }

    boolean serviceAccountsCreateContracts() {
        return said(Detail.CONTRACT_CREATORS)
                .filter(who -> who.contains("service accounts"))
                .isPresent();
    }

    /** The project that the failed command named. */
    Optional<String> projectOfCommand() {
        return situation.told().project();
    }

    /** The same, blank where only the reader knows its name. */
    Optional<String> projectMeant() {
        return projectOfCommand().or(() -> Optional.of(""));
    }

    /** The control plane that the failed command named, where that is not the one that is configured here. */
    Optional<String> controlPlaneOfCommand() {
        return situation
                .told()
                .controlPlane()
                .filter(address -> isHere() && !host().map(Host::address).equals(Optional.of(address)));
    }

    /** The control plane that a command elsewhere named. */
    Optional<String> controlPlaneThere() {
        return situation.told().controlPlane().filter(address -> !isHere() && Form.isAddress(address));
    }

    /** The organization that a command elsewhere named. */
    Optional<String> organizationThere() {
        return situation.told().organization().filter(name -> !isHere() && !here.redacted());
    }

    /** The organization that the command named, or the config file here, where an API token of another was sent. */
    Optional<String> organizationMeant() {
        Optional<String> own = apiToken().flatMap(api -> api.organization().name());
        return situation
                .told()
                .organization()
                .or(() -> isHere() ? evidence.search().config().organization() : Optional.empty())
                .filter(name -> judged() && own.isPresent() && !own.get().equalsIgnoreCase(name))
                .filter(name -> Form.isLabel(name) && !here.redacted());
    }

    /** The organization that the failed command worked in, as far as it is known, or a placeholder. */
    String organizationOfCommand() {
        return situation
                .told()
                .organization()
                .or(() -> situation.judged() ? own.organization() : Optional.empty())
                .or(() -> evidence.search().config().organization())
                .filter(name -> Form.isLabel(name) && !here.redacted())
                .orElse("ORGANIZATION");
    }

    /** The profile of the AWS CLI that the command used, as far as it is known. */
    Optional<String> awsProfile() {
        return said(Detail.AWS_PROFILE)
                .or(() -> here.awsProfile().filter(name -> isHere() && !here.redacted()))
                .filter(Form::isLabel);
    }

    /** The host that a policy may not call. */
    String hostOfPolicy() {
        return said(Detail.POLICY_HOST).orElse("HOSTNAME");
    }

    /** The proxy on a command's way, with placeholders for what the text does not tell. */
    String proxy() {
        Optional<Matcher> own = here.either("HTTPS_PROXY", "https_proxy")
                .filter(name -> isHere())
                .flatMap(here::shown)
                .map(PROXY::matcher)
                .filter(Matcher::matches);
        String host =
                own.map(found -> found.group(2)).or(() -> said(Detail.PROXY)).orElse("HOSTNAME");
        String scheme = own.map(found -> found.group(1)).orElse(null);
        return (scheme == null ? "http://" : scheme) + "USER:PASSWORD@" + host + (host.contains(":") ? "" : ":PORT");
    }

    /** The variable that lists what needs no proxy here, if it has a value. */
    Optional<String> exempting() {
        return here.either("NO_PROXY", "no_proxy").filter(name -> isHere());
    }

    /** What needs no proxy, with the control plane's host added to what is listed here. */
    String exempt() {
        String host = hostOfControlPlane();
        return exempting()
                .map(name -> here.shown(name).orElse("LIST") + "," + host)
                .orElse(host);
    }

    List<String> proxyLines() {
        return secretLines("HTTPS_PROXY", proxy());
    }

    /** The name of the host that could not be resolved. */
    String hostLookedUp() {
        return said(Detail.HOST).orElse("HOSTNAME");
    }

    /** The artifact store's address, or a placeholder. */
    private String addressOfStore() {
        return said(Detail.STORE_ADDRESS)
                .or(() -> Optional.of(here.store(evidence.search().config()).address())
                        .filter(address -> isHere()))
                .filter(Form::isAddress)
                .orElse("HOST:PORT");
    }

    /** Whether the place has no name server, so that Go asked the place itself, and nothing answered. */
    boolean lacksNameServer() {
        return said(Detail.RESOLVER)
                .filter(address -> address.startsWith("[::1]") || address.startsWith("127.0.0.1:"))
                .isPresent();
    }

    /** The host of the control plane, for the list of those that need no proxy. */
    String hostOfControlPlane() {
        String address = addressOfControlPlane();
        return Form.isAddress(address) ? address.substring(0, address.lastIndexOf(':')) : "HOSTNAME";
    }

    /** The address of the control plane, or a placeholder. */
    String addressOfControlPlane() {
        if (ofStore()) {
            return addressOfStore();
        }
        return controlPlaneThere()
                .or(() -> host().map(Host::address))
                .filter(Form::isAddress)
                .orElse("HOST:PORT");
    }

    /** The CI provider whose token the command requested for lack of another. */
    Optional<String> issuerOfCommand() {
        return said(Detail.ISSUER).filter(Form::isIssuer);
    }

    /** Whether the command requested a CI provider's token, and so got no other. */
    boolean requestedForLackOfAnother() {
        return situation.told().requested();
    }

    // ---------- config files

    /** The config file that the failed command read, as a shell word. */
    String configOfCommand() {
        return situation
                .told()
                .config()
                .filter(ShellWord::isPasteable)
                .map(own::path)
                .orElse("FILE");
    }

    boolean rootReadsItsOwn() {
        return underSudo() && fromConfig();
    }

    /** The config file that cannot be read, else the one that the token is from, as a shell word. */
    String brokenConfig() {
        return own.path(evidence.search().looked().stream()
                .filter(Look.Unreadable.class::isInstance)
                .map(look -> look.origin().name())
                .findFirst()
                .orElseGet(this::originName));
    }

    /** The key in the config file under which a token stands that the CLI does not read. */
    String misplacedKey() {
        return evidence.search()
                .config()
                .misplaced()
                .map(key -> "`" + key + "`")
                .orElse("");
    }

    boolean configEmpty() {
        return evidence.search().config().empty();
    }

    /** Whether the login cannot be renewed here. */
    boolean configIsReadOnly() {
        return fromConfig() && isHere() && here.readOnly(originName());
    }

    boolean ownsConfig() {
        return here.owns(originName());
    }

    String originName() {
        return inspection.origin() == null ? "FILE" : inspection.origin().name();
    }

    /** Whether the CLI reads another file than the one that was looked at. */
    boolean readsNamedConfig() {
        return !own.namedConfig().isEmpty();
    }

    /** The folder of the CLI's config file, as a shell word; empty where there is none. */
    String configFolder() {
        return here.config()
                .map(file -> own.path(String.valueOf(file.getParent())))
                .orElse("");
    }

    /** Whether that folder is the user's, and so can be taken back; a new one would lack the login. */
    boolean configFolderIsOnesOwn() {
        return isHere() && !says(Detail.ROOT) && configFolder().startsWith("~/") && canLogIn() && !readsNamedConfig();
    }

    /** Lines that give the CLI another folder for its config file. */
    List<String> configHome() {
        boolean own = !place.configHome().isEmpty();
        return own || !(script().hasWords() || runsByConfiguration())
                ? place.configHome()
                : runsByConfiguration()
                        ? settingLines("XDG_CONFIG_HOME", "/tmp")
                        : List.of(script().exportOutput("XDG_CONFIG_HOME", "mktemp -d"));
    }

    /** Whether those lines are of the place's own kind, and no script's. */
    boolean configHomeIsSetting() {
        return !place.configHome().isEmpty() || runsByConfiguration();
    }

    /** Whether it is another user's home where no login is found, and not even an obstacle. */
    boolean readsAnothersHome() {
        return homeIsAnothers()
                && evidence.search().config() != ConfigReading.Missing.UNMAKEABLE
                && evidence.search().unreadableBehind().isEmpty();
    }

    boolean sourceUnreadableHere() {
        return evidence.search().deciding().orElse(null) instanceof Look.Unreadable && isHere();
    }

    /** The first config file that the CLI does not read here. */
    String otherConfig() {
        return own.path(otherFile().toString());
    }

    /** The home folder that it is in. */
    String otherHome() {
        return own.path(otherFile().resolve("../../..").normalize().toString());
    }

    private Path otherFile() {
        return evidence.otherConfigToRead().orElseThrow().path();
    }

    /** Whether it is in the folder that a relative variable names. */
    boolean otherConfigIsRelative() {
        return evidence.otherConfigToRead().filter(OtherConfig::relative).isPresent();
    }

    /** Whether no config file that the CLI does not read here is worth reading, though there is one. */
    boolean otherConfigsAreUseless() {
        return !evidence.otherConfigs().isEmpty()
                && evidence.otherConfigToRead().isEmpty();
    }

    /** Whether it is where the CLI would find it if the variable named the folder above. */
    boolean configHomeIsTooDeep() {
        return here.configHome()
                && here.config()
                        .map(file -> file.resolve("../../config.toml").normalize())
                        .filter(otherFile()::equals)
                        .filter(file -> String.valueOf(file.getParent()).endsWith("/chainloop"))
                        .isPresent();
    }

    String folderAboveOtherConfig() {
        return otherFile().resolve("../..").normalize().toString();
    }

    /** Whether it is in no folder that the CLI reads anywhere, so that a move is all that it takes. */
    boolean otherConfigIsMisplaced() {
        return !otherFile().endsWith("chainloop/config.toml")
                || otherFile().endsWith("chainloop/chainloop/config.toml");
    }

    List<String> movingOtherConfig() {
        String file = own.path(here.config().map(Path::toString).orElse("FILE"));
        return canLogIn() && shell.hasWords()
                ? List.of("mkdir -p " + configFolder(), "mv " + otherConfig() + " " + file)
                : List.of();
    }

    /** The folder that a relative variable names, in double quotes, with what makes it absolute. */
    String absoluteConfigHome() {
        String folder = folderAboveOtherConfig();
        boolean plain = !here.redacted()
                && ShellWord.isPasteable(folder)
                && ShellWord.of(folder, shell).equals(folder);
        return "\"$PWD/" + (plain ? folder : "$XDG_CONFIG_HOME") + "\"";
    }

    // ---------- the control plane

    /** The control plane that the CLI talks to here. */
    Optional<Host> host() {
        return evidence.search().host().filter(one -> isHere());
    }

    /** This machine's control plane, where a command elsewhere found none at another address of the same domain. */
    Optional<String> controlPlaneOfSameDomain() {
        Optional<String> there = controlPlaneThere().filter(address -> says(Detail.PAGE_STATUS));
        return evidence.search()
                .host()
                .map(Host::address)
                .filter(own -> there.isPresent() && !here.redacted() && Form.isAddress(own))
                .filter(own -> !own.equals(there.get()) && domain(own).equals(domain(there.get())));
    }

    private static String domain(String address) {
        int end = address.lastIndexOf(':');
        int last = address.lastIndexOf('.', end);
        return address.substring(address.lastIndexOf('.', last - 1) + 1, end);
    }

    /** Whether the message is about the artifact store, and not about the control plane. */
    boolean ofStore() {
        return says(Detail.STORE);
    }

    /** What stands in place of its address, as far as that is seen. */
    Optional<Host.Mistake> wrongHost() {
        return ofStore() ? Optional.empty() : host().flatMap(Host::mistake);
    }

    /** Whether the artifact store that was used is the one that the config file here names. */
    boolean storeInConfig() {
        return isHere()
                && !place.isCi()
                && !says(Detail.STORE_ADDRESS)
                && here.store(evidence.search().config()).from().equals("artifact-cas.api");
    }

    boolean hostFromVariable() {
        return host().filter(one -> one.from().startsWith("$")).isPresent();
    }

    /** What names an authority here already, a noun phrase. */
    Optional<String> authority() {
        return isHere() && !ofStore()
                ? here.authority(evidence.search().config()).map(Authority::from)
                : Optional.empty();
    }

    boolean variableHidesHostOfLogin() {
        return hostFromVariable() && fromConfig();
    }
}
