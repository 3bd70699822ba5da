package io.s3s3.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.s3s3.health.FailbackProgressed;
import io.s3s3.health.LocationStatus;
import io.s3s3.health.ProbeResult;
import io.s3s3.health.StatusReason;
import io.s3s3.health.SwitchReason;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;

import org.springframework.util.ClassUtils;

/**
 * The table of values in telemetry.md has what tags and events may say.
 */
class TagValuesTableTests {

	private static final List<Class<? extends Enum<?>>> TYPES = List.of(LocationRole.class, LocationStatus.class,
			StatusReason.class, SwitchReason.class, FailbackProgressed.Phase.class, ProbeResult.class);

	@Test
	void hasEachValue() {
		GeneratedTable table = new GeneratedTable("type", "values");
		for (Class<? extends Enum<?>> type : TYPES) {
			table.row("`" + ClassUtils.getShortName(type) + "`",
					Arrays.stream(type.getEnumConstants())
						.map((value) -> "`" + value.name().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
						.collect(Collectors.joining(", ")));
		}

		table.isIn(Page.named("telemetry.md"));
	}

}
