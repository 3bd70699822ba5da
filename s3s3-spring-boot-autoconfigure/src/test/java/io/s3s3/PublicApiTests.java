package io.s3s3;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.s3s3.testkit.ProductClasses;
import org.junit.jupiter.api.Test;

import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The types that an application may use, by name: types that are not listed here are
 * internal, and those that are have to stay. Adding one is a decision.
 */
class PublicApiTests {

	private static final Map<String, Set<String>> API = Map.ofEntries(
			Map.entry("",
					Set.of("FailoverS3AsyncClient", "FailoverS3AsyncClient.Builder", "FailoverS3AsyncOperations",
							"FailoverS3AsyncTemplate", "FailoverS3Client", "FailoverS3Client.Builder",
							"FailoverS3Operations", "FailoverS3Template")),
			Map.entry(".consistency",
					Set.of("ConsistencySettings", "ConsistencySettings.Confirmation", "NotReplicatedException",
							"ObjectAbsence", "ReadConsistency", "WriteToken")),
			Map.entry(".event",
					Set.of("BytesTransferred", "BytesTransferred.Direction", "DownloadResumed", "ErrorReceived",
							"FailureEvent", "ReadUnproven", "RequestCompleted", "RequestEvent", "RequestFailed",
							"RequestFailedOver", "RequestHedged", "RequestHedged.Outcome", "RequestListener",
							"RequestRetried", "RequestSent", "RequestSucceeded", "ResponseEvent", "ResponseReceived",
							"S3Call", "UploadBound", "UploadLeftBehind", "WriteBuried", "WriteNotReplicated")),
			Map.entry(".failure",
					Set.of("Effect", "FailedAttempt", "FailoverTrace", "Failure", "FailureClassifier", "FailureKind")),
			Map.entry(".health",
					Set.of("AllLocationsOut", "FailbackProgressed", "FailbackProgressed.Phase", "FailoverControl",
							"FailoverStatus", "HealthProbe", "HealthSettings", "HealthSettings.Builder",
							"LocationAvailableAgain", "LocationEvent", "LocationListener", "LocationSnapshot",
							"LocationSnapshot.Error", "LocationStatus", "LocationStatusChanged", "ProbeReport",
							"ProbeResult", "ProbeScheduler", "StatusReason", "SwitchReason", "SwitchRecord",
							"TrafficDirector", "TrafficSwitched")),
			Map.entry(".hedge", Set.of("HedgeSettings")),
			Map.entry(".location", Set.of("Location", "LocationPair", "LocationRole")),
			Map.entry(".metrics", Set.of("FailoverMetrics", "LocationMetrics")),
			Map.entry(".observation",
					Set.of("AttemptObservationContext", "AttemptObservationConvention", "CallObservationContext",
							"CallObservationConvention", "FailoverObservationDocumentation", "RequestObservations")),
			Map.entry(".transfer", Set.of("TransferSettings", "TransferSettings.Builder")));

	@Test
	void isAsDecided() {
		Map<String, Set<String>> found = new TreeMap<>();
		for (JavaClass type : ProductClasses.all()) {
			if (isApi(type)) {
				found.computeIfAbsent(type.getPackageName().substring("io.s3s3".length()), (name) -> new TreeSet<>())
					.add(ClassUtils.getShortName(type.getName()));
			}
		}

		assertThat(found).isEqualTo(API);
	}

	@Test
	void isSmall() {
		// A nested type is read with the one that it belongs to.
		assertThat(API.values().stream().flatMap(Set::stream).filter((name) -> !name.contains(".")))
			.hasSizeLessThanOrEqualTo(75);
	}

	private static boolean isApi(JavaClass type) {
		return List.of(".internal.", ".autoconfigure.").stream().noneMatch(type.getName()::contains)
				&& type.getModifiers().contains(JavaModifier.PUBLIC)
				&& type.getEnclosingClass().map(PublicApiTests::isApi).orElse(true);
	}

}
