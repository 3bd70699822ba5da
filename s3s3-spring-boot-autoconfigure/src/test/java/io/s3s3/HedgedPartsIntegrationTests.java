package io.s3s3;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.s3s3.event.RequestHedged;
import io.s3s3.event.RequestHedged.Outcome;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.StragglingEndpoint;
import io.s3s3.testkit.StragglingEndpoint.Script;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A download in parts whose straggler gets a second request.
 */
class HedgedPartsIntegrationTests {

	private final List<RequestHedged> hedged = new CopyOnWriteArrayList<>();

	@Test
	void hedgesThePartsOfALargeDownload(@TempDir Path directory) {
		String content = "0123456789".repeat(1 << 20);
		// On a busy machine, the request for all of it may be hedged too.
		AtomicBoolean straggled = new AtomicBoolean();
		Script script = (request, number) -> (isRest(request.header("range")) && straggled.compareAndSet(false, true))
				? null : rangeOf(content, request.header("range"));
		try (StragglingEndpoint primary = new StragglingEndpoint(script);
				FaultyEndpoint secondary = FaultyEndpoint.silent()) {
			Contexts.pair(primary.uri(), "east", secondary.uri(), "west")
				.withPropertyValues("s3s3.hedge.enabled=true", "s3s3.transfer.multipart-threshold=5MB",
						"s3s3.transfer.part-size=5MB", "s3s3.transfer.part-concurrency=2")
				.run((context) -> {
					Path file = directory.resolve("file");

					context.getBean(FailoverS3Template.class)
						.on(RequestHedged.class, this.hedged::add)
						.download("key", file);

					assertThat(file).hasContent(content);
					assertThat(this.hedged).extracting(RequestHedged::getOutcome).contains(Outcome.WON);
					Awaitility.await().untilAsserted(() -> assertThat(primary.abandoned()).isEqualTo(1));
				});
		}
	}

	private static boolean isRest(String range) {
		return range.startsWith("bytes=") && !range.startsWith("bytes=0-");
	}

	private static Answer rangeOf(String content, String range) {
		Matcher asked = Pattern.compile("bytes=(\\d+)-(\\d+)").matcher(range);
		if (!asked.matches()) {
			return new Answer(200, "ETag: \"e\"\r\n", content, content.length(), Answer.End.CLOSE);
		}
		String part = content.substring(Integer.parseInt(asked.group(1)), Integer.parseInt(asked.group(2)) + 1);
		return new Answer(206, "ETag: \"e\"\r\nContent-Range: bytes %s-%s/%d\r\n".formatted(asked.group(1),
				asked.group(2), content.length()), part, part.length(), Answer.End.CLOSE);
	}

}
