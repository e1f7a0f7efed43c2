package dev.chainloop.token;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.FileDescriptor;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.net.URLConnection;
import java.security.Signature;
import javax.crypto.Mac;

/** Which package may use which, and which class alone may use what. */
@AnalyzeClasses(packages = "dev.chainloop.token", importOptions = ImportOption.DoNotIncludeTests.class)
final class BoundariesTest {

    @ArchTest
    static final ArchRule ARROWS_RUN_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ensureAllClassesAreContainedInArchitecture()
            .layer("main")
            .definedBy("dev.chainloop.token")
            .layer("cli")
            .definedBy("dev.chainloop.token.cli..")
            .layer("render")
            .definedBy("dev.chainloop.token.render..")
            .layer("diagnosis")
            .definedBy("dev.chainloop.token.diagnosis..")
            .layer("controlplane")
            .definedBy("dev.chainloop.token.controlplane..")
            .layer("verification")
            .definedBy("dev.chainloop.token.verification..")
            .layer("source")
            .definedBy("dev.chainloop.token.source..")
            .layer("http")
            .definedBy("dev.chainloop.token.http..")
            .layer("io")
            .definedBy("dev.chainloop.token.io..")
            .layer("scan")
            .definedBy("dev.chainloop.token.scan..")
            .layer("core")
            .definedBy("dev.chainloop.token.core..")
            .whereLayer("cli")
            .mayOnlyAccessLayers(
                    "render", "diagnosis", "controlplane", "verification", "source", "http", "io", "scan", "core")
            .whereLayer("render")
            .mayOnlyAccessLayers("diagnosis", "controlplane", "verification", "source", "http", "io", "scan", "core")
            .whereLayer("diagnosis")
            .mayOnlyAccessLayers("controlplane", "verification", "source", "http", "io", "scan", "core")
            .whereLayer("controlplane")
            .mayOnlyAccessLayers("verification", "source", "http", "io", "scan", "core")
            .whereLayer("verification")
            .mayOnlyAccessLayers("source", "http", "io", "scan", "core")
            .whereLayer("source")
            .mayOnlyAccessLayers("http", "io", "scan", "core")
            .whereLayer("http")
            .mayOnlyAccessLayers("io", "scan", "core")
            .whereLayer("io")
            .mayNotAccessAnyLayer()
            .whereLayer("scan")
            .mayOnlyAccessLayers("core")
            .whereLayer("core")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("dev.chainloop.token.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule CORE_NEEDS_LITTLE = classes()
            .that()
            .resideInAPackage("dev.chainloop.token.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.chainloop.token.core..",
                    "java..",
                    "io.jsonwebtoken.io",
                    "com.fasterxml.jackson.core..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule CORE_IS_PURE = noClasses()
            .that()
            .resideInAPackage("dev.chainloop.token.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..");

    @ArchTest
    static final ArchRule THE_REPORTS_INTERFACE_KNOWS_NO_FORMAT = noClasses()
            .that()
            .haveNameMatching("dev\\.chainloop\\.token\\.render\\.(Line)?Report(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "dev\\.chainloop\\.token\\.render\\.((?!Line)\\w+Report|OutputFormat|CiValues|TextLayout)(\\$.*)?");

    @ArchTest
    static final ArchRule PICOCLI_STAYS_IN_CLI = noClasses()
            .that()
            .resideOutsideOfPackage("dev.chainloop.token.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule ONLY_VERIFICATION_KNOWS_SIGNATURES = noClasses()
            .that()
            .resideOutsideOfPackage("dev.chainloop.token.verification..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.jsonwebtoken", "io.jsonwebtoken.security..", "javax.crypto..");

    @ArchTest
    static final ArchRule JJWT_ALONE_JUDGES_SIGNATURES =
            noClasses().should().dependOnClassesThat(belongToAnyOf(Signature.class, Mac.class));

    @ArchTest
    static final ArchRule ONLY_THE_GET_GOES_ONLINE = noClasses()
            .that()
            .doNotHaveSimpleName("HttpGet")
            .should()
            .dependOnClassesThat(assignableTo(URLConnection.class).or(belongToAnyOf(URL.class, Socket.class)));

    @ArchTest
    static final ArchRule NOTHING_LOOKS_NAMES_UP_BY_ITSELF = noClasses()
            .should()
            .callMethodWhere(targetOwner(type(InetAddress.class)).and(target(nameMatching("get(All)?ByName"))));

    @ArchTest
    static final ArchRule ONLY_A_CONNECTION_KNOWS_GRPC = noClasses()
            .that()
            .haveNameNotMatching("dev\\.chainloop\\.token\\.controlplane\\.Connection(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.grpc..");

    @ArchTest
    static final ArchRule ONLY_MAIN_HAS_THE_PROCESS = noClasses()
            .that()
            .areNotAssignableTo(Main.class)
            .should()
            .accessTargetWhere(targetOwner(type(System.class)).and(target(not(name("arraycopy")))))
            .orShould()
            .accessTargetWhere(targetOwner(belongToAnyOf(Runtime.class, FileDescriptor.class)));

    @ArchTest
    static final ArchRule ONLY_MAIN_KNOWS_THE_TIME = noClasses()
            .that()
            .areNotAssignableTo(Main.class)
            .should()
            .accessTargetWhere(
                    targetOwner(resideInAPackage("java.time..")).and(target(nameMatching("now|system.*|tick.*"))));
}
