package io.s3s3;

import java.util.Arrays;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/**
 * The direction of imports: autoconfigure to everything; adapters to event and location;
 * root to engine to routing, transfer, failure and event to location.
 */
@AnalyzeClasses(packages = "io.s3s3", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.s3s3";

	/** Whoever shows a text may reach it. */
	private static final String TEXT = "io.s3s3.internal.text";

	private static final DescribedPredicate<JavaClass> OURS = Predicates.resideInAPackage("io.s3s3..");

	@ArchTest
	static final ArchRule packagesHaveNoCycles = SlicesRuleDefinition.slices()
		.matching("io.s3s3.(**)")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule textDependsOnNothing = reaches(TEXT);

	@ArchTest
	static final ArchRule locationDependsOnNothing = reaches("io.s3s3.location");

	@ArchTest
	static final ArchRule failureDependsOnLocation = reaches("io.s3s3.failure", "io.s3s3.location",
			"io.s3s3.transfer.http");

	@ArchTest
	static final ArchRule routingDependsOnLocation = reaches("io.s3s3.routing", "io.s3s3.location");

	@ArchTest
	static final ArchRule transferDependsOnNothing = reaches("io.s3s3.transfer");

	@ArchTest
	static final ArchRule uploadsDependOnLocation = reaches("io.s3s3.transfer.upload", "io.s3s3.transfer",
			"io.s3s3.transfer.http", "io.s3s3.location");

	@ArchTest
	static final ArchRule downloadsDependOnWhatTheyShare = reaches("io.s3s3.transfer.download", "io.s3s3.transfer",
			"io.s3s3.transfer.http");

	@ArchTest
	static final ArchRule httpClientsDependOnWhatTheyShare = reaches("io.s3s3.transfer.http", "io.s3s3.transfer");

	@ArchTest
	static final ArchRule eventDependsOnWhatItTells = reaches("io.s3s3.event", "io.s3s3.failure", "io.s3s3.location");

	@ArchTest
	static final ArchRule engineDependsOnItsParts = reaches("io.s3s3.internal.engine", "io.s3s3.routing",
			"io.s3s3.transfer..", "io.s3s3.failure", "io.s3s3.event", "io.s3s3.location");

	@ArchTest
	static final ArchRule rootDependsOnTheEngineAndItsParts = reaches(ROOT, "io.s3s3.internal.engine",
			"io.s3s3.routing", "io.s3s3.transfer..", "io.s3s3.failure", "io.s3s3.event", "io.s3s3.location");

	@ArchTest
	static final ArchRule adaptersDependOnWhatTheyAreTold = reaches("io.s3s3.metrics", "io.s3s3.event",
			"io.s3s3.failure", "io.s3s3.location");

	@ArchTest
	static final ArchRule observationsDependOnWhatTheyAreTold = reaches("io.s3s3.observation", "io.s3s3.event",
			"io.s3s3.failure", "io.s3s3.location");

	@ArchTest
	static final ArchRule endpointDependsOnTheControl = reaches("io.s3s3.actuate", "io.s3s3.location");

	@ArchTest
	static final ArchRule healthIndicatorDependsOnTheControl = reaches("io.s3s3.health", "io.s3s3.location");

	@ArchTest
	static final ArchRule onlyTheEngineKnowsSpringRetry = only("org.springframework.retry..",
			"io.s3s3.internal.engine");

	@ArchTest
	static final ArchRule springBootStaysAtTheEdge = only("org.springframework.boot..", "io.s3s3.actuate",
			"io.s3s3.health", "io.s3s3.autoconfigure");

	@ArchTest
	static final ArchRule micrometerStaysAtTheEdge = only("io.micrometer..", "io.s3s3.metrics", "io.s3s3.observation",
			"io.s3s3.autoconfigure");

	@ArchTest
	static final ArchRule springCloudAwsStaysAtTheEdge = only("io.awspring.cloud.autoconfigure..",
			"io.s3s3.autoconfigure");

	private static ArchRule reaches(String from, String... to) {
		String[] allowed = Arrays.copyOf(to, to.length + 2);
		allowed[to.length] = from;
		allowed[to.length + 1] = TEXT;
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
