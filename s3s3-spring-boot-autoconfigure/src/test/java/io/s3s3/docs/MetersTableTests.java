package io.s3s3.docs;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.s3s3.FailoverS3Template;
import io.s3s3.event.DownloadResumed;
import io.s3s3.event.ReadUnproven;
import io.s3s3.event.RequestHedged;
import io.s3s3.event.RequestHedged.Outcome;
import io.s3s3.event.RequestListener;
import io.s3s3.event.S3Call;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.LocationListener;
import io.s3s3.location.LocationRole;
import io.s3s3.metrics.FailoverMetrics;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.OneShot;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

import org.springframework.context.ApplicationContext;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of meters in telemetry.md have what a registry gets.
 */
class MetersTableTests {

	private static final String OF_THE_SDK = "s3s3.sdk.";

	private final Page page = Page.named("telemetry.md");

	@Test
	void hasEachMeter() {
		try (FaultyEndpoint east = AnsweringEndpoint.answering(503, "SlowDown");
				EmbeddedS3 west = EmbeddedS3.start("west")) {
			Contexts.pair(east.uri(), "east", west.endpoint(), "west")
				.withPropertyValues("s3s3.metrics.sdk=true", "s3s3.circuit.consecutive-throttles=1",
						"s3s3.transfer.memory-limit=0")
				.run((context) -> {
					useAll(context);

					List<Meter.Id> meters = meters(context.getBean(MeterRegistry.class));
					assertThat(meters).extracting(Meter.Id::getName).containsAll(namesInCode());
					table(meters, (name) -> !name.startsWith(OF_THE_SDK)).isIn(this.page);
					table(meters, (name) -> name.startsWith(OF_THE_SDK)).isIn(this.page);
				});
		}
	}

	private static void useAll(ApplicationContext context) {
		context.getBean(FailoverS3Template.class)
			.putObject((request) -> request.key("key"),
					RequestBody.fromInputStream(new OneShot(new byte[1 << 19]), 1 << 19));
		context.getBean(FailoverControl.class).probeNow(LocationRole.SECONDARY);
		S3Call download = new S3Call("GetObject", GetObjectRequest.builder().key("key").build());
		context.getBeanProvider(RequestListener.class)
			.forEach((listener) -> listener
				.onRequestEvent(new DownloadResumed(download, LocationRole.PRIMARY, LocationRole.SECONDARY, 1, 2)));
		context.getBeanProvider(RequestListener.class)
			.forEach((listener) -> listener.onRequestEvent(new ReadUnproven(download, LocationRole.PRIMARY)));
		context.getBeanProvider(RequestListener.class)
			.forEach((listener) -> listener.onRequestEvent(new RequestHedged(download, LocationRole.PRIMARY,
					LocationRole.PRIMARY, Outcome.WON, Duration.ofMillis(20))));
		context.getBeanProvider(LocationListener.class)
			.forEach((listener) -> listener.onReplicated(LocationRole.PRIMARY, Duration.ofSeconds(1)));
	}

	private static List<Meter.Id> meters(MeterRegistry registry) {
		return registry.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> id.getName().startsWith("s3s3."))
			.toList();
	}

	private static List<String> namesInCode() {
		return new ClassFileImporter().importPackagesOf(FailoverMetrics.class)
			.stream()
			.flatMap((type) -> type.getFields().stream())
			.filter((field) -> field.getModifiers().contains(JavaModifier.STATIC))
			.filter((field) -> field.getRawType().isEquivalentTo(String.class))
			.map((field) -> ReflectionTestUtils.getField(field.reflect().getDeclaringClass(), field.getName()))
			.map(String::valueOf)
			.filter((name) -> name.startsWith("s3s3."))
			.toList();
	}

	private static GeneratedTable table(List<Meter.Id> meters, Predicate<String> names) {
		TreeMap<String, Meter.Id> byName = new TreeMap<>();
		meters.stream().filter((id) -> names.test(id.getName())).forEach((id) -> byName.put(id.getName(), id));
		GeneratedTable table = new GeneratedTable("meter", "type", "tags", "meaning");
		byName.forEach((name, id) -> table.row("`" + name + "`", type(id),
				id.getTags().stream().map(Tag::getKey).map((tag) -> "`" + tag + "`").collect(Collectors.joining(", ")),
				String.valueOf(id.getDescription())));
		return table;
	}

	private static String type(Meter.Id id) {
		String unit = (id.getType() == Meter.Type.COUNTER) ? " of " + id.getBaseUnit() : "";
		return id.getType().name().toLowerCase(Locale.ROOT) + unit;
	}

}
