package io.s3s3.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.s3s3.autoconfigure.PublishedEvent;
import io.s3s3.testkit.ProductClasses;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of events in telemetry.md has each event, and tells when it is published.
 */
class EventsTableTests {

	private final List<List<String>> rows = Page.named("telemetry.md").table("Events");

	@Test
	void hasEachEvent() {
		List<String> events = ProductClasses.all()
			.stream()
			.filter((type) -> type.isAssignableTo(ApplicationEvent.class))
			.filter((type) -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
			.map(JavaClass::getSimpleName)
			.toList();

		assertThat(this.rows).extracting((row) -> row.get(0).replace("`", ""))
			.containsExactlyInAnyOrderElementsOf(events);
	}

	@Test
	void tellsWhichAreAlwaysPublished() {
		assertThat(this.rows).allSatisfy((row) -> assertThat(row.get(1)).as(row.get(0)).isEqualTo(published(row)));
	}

	private static String published(List<String> row) {
		String name = row.get(0).replace("`", "").replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
		boolean onDemand = Arrays.stream(PublishedEvent.values())
			.anyMatch((event) -> event.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name));
		return onDemand ? "`" + name + "`" : "always";
	}

}
