package io.s3s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.s3s3.event.DownloadResumed;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailed;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.DownloadCutter;
import io.s3s3.testkit.DownloadCutter.Cut;
import io.s3s3.testkit.EmbeddedS3;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Downloads whose connection breaks midway, over real sockets. Each location has a single
 * connection: one that were not given back would fail the next call.
 */
class ResumedDownloadIntegrationTests {

	private static final String KEY = "folder/large";

	private static final byte[] CONTENT = random(300_000);

	private static EmbeddedS3 east;

	private static EmbeddedS3 west;

	@TempDir
	private Path folder;

	private DownloadCutter primary;

	private DownloadCutter secondary;

	private final List<RequestEvent> events = new ArrayList<>();

	@BeforeAll
	static void startServers() {
		east = EmbeddedS3.start("east");
		west = EmbeddedS3.start("west");
	}

	@AfterAll
	static void stopServers() {
		east.close();
		west.close();
	}

	@BeforeEach
	void start() {
		put(east, CONTENT);
		put(west, CONTENT);
		this.primary = DownloadCutter.before(east);
		this.secondary = DownloadCutter.before(west);
	}

	@AfterEach
	void stop() {
		this.primary.close();
		this.secondary.close();
	}

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
			this.secondary.close();

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

	@Test
	void neverMixesTwoObjects() {
		put(west, random(300_001));
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : 0);
			InputStream stream = template.downloadAsStream(KEY);
			ByteArrayOutputStream given = new ByteArrayOutputStream();

			IOException error = catchThrowableOfType(IOException.class, () -> stream.transferTo(given));

			assertThat(error).hasMessageContaining("broke after 1000 of 300000 bytes")
				.hasMessageContaining("the object is another one at the secondary");
			assertThat(FailoverTrace.of(error)).get().extracting((trace) -> trace.attempts().size()).isEqualTo(3);
			assertThat(given.toByteArray()).isEqualTo(java.util.Arrays.copyOf(CONTENT, 1000));
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> stream.read());
			stream.close();
		});
	}

	@Test
	void saysThatTheObjectIsMissingAtTheOtherLocation() {
		delete(west);
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : 0);

			assertThatExceptionOfType(IOException.class).isThrownBy(() -> template.downloadAsStream(KEY).readAllBytes())
				.withMessageContaining("the object is missing at the secondary");
		});
	}

	@ParameterizedTest
	@MethodSource("restartable")
	void startsOverWithTheOtherObjectWhileNothingHasBeenGivenToTheCaller(Form form) {
		byte[] other = random(1234);
		put(west, other);
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : 0);

			assertThat(form.read(template, this.folder.resolve("target"))).isEqualTo(other);
		});
	}

	static Stream<Form> restartable() {
		return Stream.of(Form.BYTES, Form.FILE);
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

	private void run(Check check) {
		Contexts.impatientPair(this.primary.uri(), "east", this.secondary.uri(), "west")
			.withPropertyValues("s3s3.primary.max-connections=1", "s3s3.secondary.max-connections=1",
					"s3s3.secondary.read-timeout=10s", "s3s3.failover.back-off=1ms")
			.run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);
				check.accept((FailoverS3Template) template.on(RequestEvent.class, this.events::add));
				this.events.clear();
				this.primary.cut(Cut.CLOSE, (length) -> Long.MAX_VALUE);
				this.secondary.cut(Cut.CLOSE, (length) -> Long.MAX_VALUE);
				FailoverS3Operations view = template.on(RequestEvent.class, this.events::add);
				view.headObject((request) -> request.key(KEY));
				assertThat(of(RequestFailedOver.class)).as("the primary's connection is free").isEmpty();
			});
	}

	private <E extends RequestEvent> List<E> of(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	private static void put(EmbeddedS3 server, byte[] content) {
		try (S3Client client = server.client()) {
			client.putObject((request) -> request.bucket(server.bucket()).key(KEY), RequestBody.fromBytes(content));
		}
	}

	private static void delete(EmbeddedS3 server) {
		try (S3Client client = server.client()) {
			client.deleteObject((request) -> request.bucket(server.bucket()).key(KEY));
		}
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

	/**
	 * How the caller takes the object.
	 */
	enum Form {

		STREAM {

			@Override
			byte[] read(FailoverS3Template template, Path target) throws IOException {
				try (InputStream stream = template.downloadAsStream(KEY)) {
					return stream.readAllBytes();
				}
			}

		},

		SINGLE_BYTES {

			@Override
			byte[] read(FailoverS3Template template, Path target) throws IOException {
				ByteArrayOutputStream bytes = new ByteArrayOutputStream();
				try (InputStream stream = template.downloadAsStream(KEY)) {
					for (int value = stream.read(); value >= 0; value = stream.read()) {
						bytes.write(value);
					}
				}
				return bytes.toByteArray();
			}

		},

		BYTES {

			@Override
			byte[] read(FailoverS3Template template, Path target) {
				return template.downloadAsBytes(KEY);
			}

		},

		FILE {

			@Override
			byte[] read(FailoverS3Template template, Path target) throws IOException {
				template.download(KEY, target);
				return Files.readAllBytes(target);
			}

		},

		CUSTOM_TRANSFORMER {

			@Override
			byte[] read(FailoverS3Template template, Path target) {
				return template.getObject((request) -> request.key(KEY), (response, stream) -> {
					assertThat(response.contentLength()).isEqualTo(CONTENT.length);
					return stream.readAllBytes();
				});
			}

		},

		OUTPUT_STREAM {

			@Override
			byte[] read(FailoverS3Template template, Path target) {
				ByteArrayOutputStream bytes = new ByteArrayOutputStream();
				template.getObject((request) -> request.key(KEY), ResponseTransformer.toOutputStream(bytes));
				return bytes.toByteArray();
			}

		};

		abstract byte[] read(FailoverS3Template template, Path target) throws IOException;

	}

	/**
	 * What to do with a template.
	 */
	@FunctionalInterface
	private interface Check {

		void accept(FailoverS3Template template) throws Exception;

	}

}
