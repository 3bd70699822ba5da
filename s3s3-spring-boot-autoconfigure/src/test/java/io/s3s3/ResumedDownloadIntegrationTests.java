package io.s3s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.stream.Stream;

import io.s3s3.event.BytesTransferred;
import io.s3s3.event.DownloadResumed;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestFailed;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.DownloadCutter.Cut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Downloads whose connection breaks midway, over real sockets. Each location has a single
 * connection: one that were not given back would fail the next call.
 */
class ResumedDownloadIntegrationTests extends AbstractResumedDownloadTests {

	@ParameterizedTest(name = "{0}, {1} after {2} bytes")
	@MethodSource
	void goesOnAtTheOtherLocation(Form form, Cut cut, int after) {
		run((template) -> {
			this.primary.cut(cut, (length) -> after);

			assertThat(form.read(template, this.folder.resolve("target"))).isEqualTo(CONTENT);

			assertThat(of(RequestFailedOver.class)).singleElement()
				.extracting(RequestFailedOver::getTo)
				.isEqualTo(LocationRole.SECONDARY);
			assertThat(of(RequestCompleted.class)).hasSize(1);
			assertThat(of(RequestSucceeded.class)).hasSize(1);
			if (after == 0) {
				assertThat(of(DownloadResumed.class)).isEmpty();
			}
			else if (cut != Cut.RESET) {
				// What was on its way when a connection is reset may be lost.
				assertThat(of(DownloadResumed.class)).singleElement()
					.extracting(DownloadResumed::getPosition)
					.isEqualTo((long) after);
				assertThat(this.secondary.bodyBytes()).isEqualTo(CONTENT.length - after);
			}
		});
	}

	static Stream<Arguments> goesOnAtTheOtherLocation() {
		return Stream.of(Form.values())
			.flatMap((form) -> Stream.of(Cut.values())
				.flatMap((cut) -> Stream.of(0, 1, CONTENT.length / 2, CONTENT.length - 1)
					.map((after) -> Arguments.of(form, cut, after))));
	}

	@Test
	void goesBackAndForthWhileBothLocationsBreakAgainAndAgain() {
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> Math.min(length, 20_000));
			this.secondary.cut(Cut.CLOSE, (length) -> Math.min(length, 30_000));

			assertThat(Form.STREAM.read(template, this.folder)).isEqualTo(CONTENT);

			assertThat(of(DownloadResumed.class)).hasSize(11)
				.extracting(DownloadResumed::getTo)
				.startsWith(LocationRole.SECONDARY, LocationRole.PRIMARY, LocationRole.SECONDARY);
			assertThat(this.primary.bodyBytes() + this.secondary.bodyBytes()).isEqualTo(CONTENT.length);
			assertThat(of(RequestCompleted.class)).hasSize(1);
		});
	}

	@Test
	void goesOnAtTheSameLocationWhenTheOtherIsDown() {
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : length);
			this.secondary.die();

			assertThat(Form.STREAM.read(template, this.folder)).isEqualTo(CONTENT);

			assertThat(of(DownloadResumed.class)).extracting(DownloadResumed::getTo)
				.containsExactly(LocationRole.PRIMARY);
			assertThat(of(RequestFailedOver.class)).extracting(RequestFailedOver::getTo)
				.containsExactly(LocationRole.SECONDARY, LocationRole.PRIMARY);
		});
	}

	@Test
	void goesOnAtTheSameLocationWhenTheOtherDoesNotHaveTheObjectYet() {
		delete(west);
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : length);

			assertThat(Form.STREAM.read(template, this.folder)).isEqualTo(CONTENT);
		});
	}

	@Test
	void givesUpWhenNoLocationBringsAByte() {
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : 0);
			this.secondary.cut(Cut.CLOSE, (length) -> 0);
			InputStream stream = template.downloadAsStream(KEY);
			assertThat(stream.readNBytes(1000)).hasSize(1000);

			assertThatExceptionOfType(IOException.class).isThrownBy(() -> stream.read());

			assertThat(this.primary.requests().size() + this.secondary.requests().size()).isLessThanOrEqualTo(6);
			assertThat(of(RequestFailed.class)).isEmpty();
		});
	}

	@ParameterizedTest
	@MethodSource("ranges")
	void resumesWithinTheRangeOfTheCaller(String range, int from, int to) {
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> 10);

			try (ResponseInputStream<GetObjectResponse> stream = template
				.getObject((request) -> request.key(KEY).range(range), ResponseTransformer.toInputStream())) {
				assertThat(stream.readAllBytes()).isEqualTo(java.util.Arrays.copyOfRange(CONTENT, from, to));
			}

			assertThat(of(DownloadResumed.class)).hasSize(1);
			assertThat(this.secondary.requests().get(0))
				.containsIgnoringCase("range: bytes=%d-%d".formatted(from + 10, to - 1));
		});
	}

	static Stream<Arguments> ranges() {
		return Stream.of(Arguments.of("bytes=1000-1999", 1000, 2000), Arguments.of("bytes=299000-", 299_000, 300_000),
				Arguments.of("bytes=-500", 299_500, 300_000), Arguments.of("bytes=0-", 0, 300_000));
	}

	@Test
	void doesNotResumeWhatTheCallerAborted() {
		run((template) -> {
			ResponseInputStream<GetObjectResponse> stream = (ResponseInputStream<GetObjectResponse>) template
				.getObject((request) -> request.key(KEY), ResponseTransformer.toInputStream());
			stream.readNBytes(10);

			stream.abort();

			assertThatExceptionOfType(IOException.class).isThrownBy(stream::readAllBytes);
			assertThat(this.secondary.requests()).isEmpty();
		});
	}

	@Test
	void doesNotReadOnWhenAStreamIsClosedEarly() {
		byte[] large = random(64 << 20);
		put(east, large);
		run((template) -> {
			InputStream stream = template.downloadAsStream(KEY);
			stream.readNBytes(10);

			stream.close();

			assertThat(this.primary.bodyBytes()).isLessThan(large.length / 2);
			assertThat(this.secondary.requests()).isEmpty();
		});
	}

	@Test
	void doesNotReadOnWhenATransformerHasEnough() {
		byte[] large = random(64 << 20);
		put(east, large);
		run((template) -> {
			byte[] start = template.getObject((request) -> request.key(KEY),
					(response, stream) -> stream.readNBytes(10));

			assertThat(start).isEqualTo(java.util.Arrays.copyOf(large, 10));
			assertThat(this.primary.bodyBytes()).isLessThan(large.length / 2);
		});
	}

	@Test
	void doesNotResumeForAThreadThatIsInterrupted() {
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> 1000);
			InputStream stream = template.downloadAsStream(KEY);
			stream.readNBytes(1000);

			Thread.currentThread().interrupt();

			try {
				assertThatExceptionOfType(Exception.class).isThrownBy(stream::read);
			}
			finally {
				assertThat(Thread.interrupted()).isTrue();
			}
			assertThat(this.secondary.requests()).isEmpty();
			stream.close();
		});
	}

	@Test
	void tellsOfBytesWithoutGoingBack() {
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> Math.min(length, 20_000));
			this.secondary.cut(Cut.CLOSE, (length) -> Math.min(length, 30_000));

			template.downloadAsBytes(KEY);

			assertThat(of(BytesTransferred.class)).extracting(BytesTransferred::getBytes)
				.isSorted()
				.doesNotHaveDuplicates()
				.endsWith((long) CONTENT.length);
		});
	}

	@Test
	void bringsObjectsOfAllSizesWhereverTheyBreak() {
		Random random = new Random(4);
		run((template) -> {
			for (int i = 0; i < 150; i++) {
				byte[] content = random((i < 20) ? i : random.nextInt(200_000));
				put(east, content);
				put(west, content);
				Cut[] cuts = { Cut.CLOSE, Cut.RESET };
				double[] at = { random.nextDouble(), random.nextDouble() };
				this.primary.cut(cuts[random.nextInt(2)], (length) -> (long) (length * at[0]));
				this.secondary.cut(cuts[random.nextInt(2)],
						(length) -> (length < 5000) ? length : 1 + (long) (length * at[1]));
				Form form = Form.values()[random.nextInt(Form.values().length)];

				assertThat(form.read(template, this.folder.resolve("target" + i))).as("round " + i).isEqualTo(content);
			}
		});
	}

}
