package io.s3s3;

import java.util.Arrays;
import java.util.concurrent.Executor;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import software.amazon.awssdk.core.SdkClient;

/**
 * The direction of imports: autoconfigure to everything; adapters to event and health;
 * root to calls; calls to routes and bytes, failure, event; all of them to health and
 * location.
 */
@AnalyzeClasses(packages = "io.s3s3", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.s3s3";

	private static final String LOCATION = "io.s3s3.location";

	private static final String HEALTH = "io.s3s3.health";

	private static final String FAILURE = "io.s3s3.failure";

	private static final String CONSISTENCY = "io.s3s3.consistency";

	private static final String EVENT = "io.s3s3.event";

	private static final String CALL = "io.s3s3.internal.call";

	private static final String OPERATION = "io.s3s3.internal.operation";

	private static final String BLOCKING = "io.s3s3.internal.blocking";

	private static final String ASYNC = "io.s3s3.internal.async";

	private static final String IO = "io.s3s3.internal.io";

	private static final String HTTP = "io.s3s3.internal.http";

	private static final String HEDGE = "io.s3s3.internal.hedge";

	/** What whoever makes calls tells of health, and is asked. */
	private static final String TOLD = "io.s3s3.internal.health";

	/** Whoever shows a text may reach it. */
	private static final String TEXT = "io.s3s3.internal.text";

	/** Whoever has settings may reach it. */
	private static final String SETTING = "io.s3s3.internal.setting";

	private static final DescribedPredicate<JavaClass> OURS = Predicates.resideInAPackage("io.s3s3..");

	@ArchTest
	static final ArchRule packagesHaveNoCycles = SlicesRuleDefinition.slices()
		.matching("io.s3s3.(**)")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule textDependsOnNothing = reaches(TEXT);

	@ArchTest
	static final ArchRule locationDependsOnNothing = reaches(LOCATION);

	@ArchTest
	static final ArchRule healthDependsOnLocation = reaches(HEALTH, TOLD, LOCATION);

	@ArchTest
	static final ArchRule failureDependsOnLocation = reaches(FAILURE, LOCATION, HTTP, IO);

	@ArchTest
	static final ArchRule eventDependsOnWhatItTells = reaches(EVENT, FAILURE, IO, LOCATION);

	@ArchTest
	static final ArchRule transferDependsOnNothing = reaches("io.s3s3.transfer", IO);

	@ArchTest
	static final ArchRule ioDependsOnNothing = reaches(IO);

	@ArchTest
	static final ArchRule httpDependsOnIo = reaches(HTTP, IO, HEDGE);

	@ArchTest
	static final ArchRule hedgeDependsOnHealth = reaches(HEDGE, "io.s3s3.hedge", TOLD, LOCATION, IO);

	@ArchTest
	static final ArchRule hedgeSettingsDependOnNothing = reaches("io.s3s3.hedge");

	@ArchTest
	static final ArchRule uploadDependsOnBytes = reaches("io.s3s3.internal.upload", IO, HTTP, LOCATION,
			"io.s3s3.transfer");

	@ArchTest
	static final ArchRule downloadDependsOnBytes = reaches("io.s3s3.internal.download", IO, HTTP, "io.s3s3.transfer");

	@ArchTest
	static final ArchRule consistencyDependsOnNothing = reaches(CONSISTENCY);

	@ArchTest
	static final ArchRule memoryOfWritesDependsOnHealth = reaches("io.s3s3.internal.consistency", CONSISTENCY, HEALTH,
			TOLD, IO, LOCATION);

	@ArchTest
	static final ArchRule routeDependsOnHealth = reaches("io.s3s3.internal.route", "io.s3s3.internal.consistency",
			CONSISTENCY, HEALTH, LOCATION);

	@ArchTest
	static final ArchRule callDependsOnItsParts = reaches(CALL, "io.s3s3.internal.route",
			"io.s3s3.internal.consistency", "io.s3s3.internal.upload", HEDGE, IO, CONSISTENCY, FAILURE, EVENT, HEALTH,
			TOLD, LOCATION);

	/** The loop decides; who calls, waits and keeps time is the driver. */
	@ArchTest
	static final ArchRule callKnowsNoThreadAndNoClient = ArchRuleDefinition.noClasses()
		.that()
		.resideInAPackage(CALL)
		.should()
		.dependOnClassesThat(DescribedPredicate.or(Predicates.assignableTo(Thread.class),
				Predicates.assignableTo(Executor.class), Predicates.assignableTo(SdkClient.class),
				Predicates.resideInAPackage("java.util.concurrent.locks")));

	@ArchTest
	static final ArchRule multipartDependsOnRoutesAndUploads = reaches("io.s3s3.internal.multipart",
			"io.s3s3.internal.route", "io.s3s3.internal.upload", OPERATION, IO, "io.s3s3.transfer", FAILURE, LOCATION);

	@ArchTest
	static final ArchRule operationDependsOnCalls = reaches(OPERATION, CALL, "io.s3s3.internal.route",
			"io.s3s3.internal.consistency", "io.s3s3.internal.download", HTTP, IO, FAILURE, EVENT, LOCATION);

	@ArchTest
	static final ArchRule blockingDependsOnCalls = reaches(BLOCKING, CALL, "io.s3s3.internal..", "io.s3s3.transfer",
			FAILURE, EVENT, HEALTH, LOCATION);

	@ArchTest
	static final ArchRule asyncDependsOnCalls = reaches(ASYNC, CALL, OPERATION, "io.s3s3.internal.route",
			"io.s3s3.internal.upload", "io.s3s3.internal.multipart", "io.s3s3.internal.download",
			"io.s3s3.internal.consistency", HTTP, HEDGE, IO, "io.s3s3.transfer", FAILURE, EVENT, HEALTH, LOCATION);

	@ArchTest
	static final ArchRule clientDependsOnBlockingCalls = reaches("io.s3s3.internal.client", "io.s3s3.internal..",
			"io.s3s3.transfer", CONSISTENCY, EVENT, LOCATION);

	@ArchTest
	static final ArchRule onlyTheRootAndTheWiringReachInside = ArchRuleDefinition.noClasses()
		.that(OURS.and(DescribedPredicate
			.not(Predicates.resideInAnyPackage(ROOT, "io.s3s3.internal..", "io.s3s3.autoconfigure"))))
		.should()
		.dependOnClassesThat(Predicates.resideInAPackage("io.s3s3.internal..")
			.and(DescribedPredicate.not(Predicates.resideInAnyPackage(TEXT, SETTING, HTTP, IO, TOLD))));

	@ArchTest
	static final ArchRule rootDependsOnCalls = reaches(ROOT, "io.s3s3.internal..", "io.s3s3.transfer", "io.s3s3.hedge",
			CONSISTENCY, FAILURE, EVENT, HEALTH, LOCATION);

	@ArchTest
	static final ArchRule metersDependOnWhatTheyCount = reaches("io.s3s3.metrics", EVENT, FAILURE, HEALTH, LOCATION);

	@ArchTest
	static final ArchRule observationsDependOnEvents = reaches("io.s3s3.observation", EVENT, FAILURE, LOCATION);

	@ArchTest
	static final ArchRule endpointDependsOnHealth = reaches("io.s3s3.internal.actuate", HEALTH, LOCATION);

	@ArchTest
	static final ArchRule onlyTheBlockingDriverKnowsSpringRetry = ArchRuleDefinition.noClasses()
		.that()
		.haveNameNotMatching("io\\.s3s3\\.internal\\.blocking\\.BlockingDriver.*")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.retry..");

	@ArchTest
	static final ArchRule springBootStaysAtTheEdge = only("org.springframework.boot..", "io.s3s3.internal.actuate",
			"io.s3s3.autoconfigure");

	@ArchTest
	static final ArchRule micrometerStaysAtTheEdge = only("io.micrometer..", "io.s3s3.metrics", "io.s3s3.observation",
			"io.s3s3.autoconfigure");

	@ArchTest
	static final ArchRule springCloudAwsStaysAtTheEdge = only("io.awspring.cloud.autoconfigure..",
			"io.s3s3.autoconfigure");

	private static ArchRule reaches(String from, String... to) {
		String[] allowed = Arrays.copyOf(to, to.length + 3);
		allowed[to.length] = from;
		allowed[to.length + 1] = TEXT;
		allowed[to.length + 2] = SETTING;
		return ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(from)
			.should()
			.dependOnClassesThat(OURS.and(DescribedPredicate.not(Predicates.resideInAnyPackage(allowed))));
	}

	private static ArchRule only(String library, String... packages) {
		return ArchRuleDefinition.classes()
			.that(Predicates.resideInAnyPackage("io.s3s3..")
				.and(DescribedPredicate.not(Predicates.resideInAnyPackage(packages))))
			.should()
			.onlyDependOnClassesThat(DescribedPredicate.not(Predicates.resideInAPackage(library)));
	}

}
