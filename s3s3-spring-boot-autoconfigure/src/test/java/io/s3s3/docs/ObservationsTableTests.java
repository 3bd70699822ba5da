package io.s3s3.docs;

import java.util.Arrays;
import java.util.stream.Collectors;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.ObservationConvention;
import io.s3s3.observation.AttemptObservationConvention;
import io.s3s3.observation.CallObservationConvention;
import io.s3s3.observation.FailoverObservationDocumentation;
import org.junit.jupiter.api.Test;

/**
 * The table of observations in telemetry.md has what is documented in code.
 */
class ObservationsTableTests {

	@Test
	void hasEachObservation() {
		GeneratedTable table = new GeneratedTable("observation", "keys", "keys in spans only", "events");
		for (FailoverObservationDocumentation observation : FailoverObservationDocumentation.values()) {
			table.row("`" + conventionOf(observation).getName() + "`", names(observation.getLowCardinalityKeyNames()),
					names(observation.getHighCardinalityKeyNames()),
					Arrays.stream(observation.getEvents())
						.map((event) -> "`" + event.getName() + "`")
						.collect(Collectors.joining(", ")));
		}

		table.isIn(Page.named("telemetry.md"));
	}

	private static ObservationConvention<?> conventionOf(FailoverObservationDocumentation observation) {
		return switch (observation) {
			case CALL -> new CallObservationConvention() {
			};
			case ATTEMPT -> new AttemptObservationConvention() {
			};
		};
	}

	private static String names(KeyName[] keys) {
		return Arrays.stream(keys).map((key) -> "`" + key.asString() + "`").collect(Collectors.joining(", "));
	}

}
