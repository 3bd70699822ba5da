package io.s3s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import io.s3s3.event.BytesTransferred;
import io.s3s3.event.DownloadResumed;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailed;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.event.ResponseReceived;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
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
	void saysOnceWhatItFoundInEachRound() {
		put(west, random(300_001));
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : 0);

			assertThatExceptionOfType(IOException.class).isThrownBy(() -> template.downloadAsStream(KEY).readAllBytes())
				.withMessageEndingWith("no location has the rest: the object is another one at the secondary");
		}, "s3s3.failover.max-rounds=3");
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

	@ParameterizedTest
	@MethodSource("restartable")
	void startsOverWhenTheJoinedBytesAreNotTheObject(Form form) {
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> 1000);
			this.secondary.corrupt((length) -> length < CONTENT.length);

			assertThat(form.read(template, this.folder.resolve("target"))).isEqualTo(CONTENT);

			assertThat(this.folder.toFile().list()).hasSize((form == Form.FILE) ? 1 : 0);
			assertThat(of(DownloadResumed.class)).isNotEmpty();
		});
	}

	@ParameterizedTest
	@MethodSource("restartable")
	void namesTheLocationWhoseSecondAnswerBroughtAll(Form form) {
		AtomicInteger answers = new AtomicInteger();
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (answers.getAndIncrement() == 0) ? 1000 : length);
			this.secondary.corrupt((length) -> true);

			assertThat(form.read(template, this.folder.resolve("target"))).isEqualTo(CONTENT);

			assertThat(of(DownloadResumed.class)).hasSize(1);
			assertThat(of(RequestCompleted.class)).extracting(RequestCompleted::getLocation)
				.containsExactly(LocationRole.PRIMARY);
			assertThat(of(ResponseReceived.class)).extracting(ResponseReceived::getLocation)
				.containsExactly(LocationRole.SECONDARY, LocationRole.PRIMARY);
		});
	}

	@ParameterizedTest
	@MethodSource("checksums")
	void neverEndsAStreamWhoseJoinedBytesAreNotTheObject(String checksum) {
		this.primary.addHeader(checksum);
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> 1000);
			this.secondary.corrupt((length) -> true);
			InputStream stream = template.downloadAsStream(KEY);

			assertThatExceptionOfType(IOException.class).isThrownBy(() -> stream.readNBytes(CONTENT.length))
				.withMessageContaining("not what its checksum says");

			assertThatExceptionOfType(IOException.class).isThrownBy(stream::read);
		});
	}

	@ParameterizedTest
	@MethodSource("checksums")
	void joinsWhatItsChecksumSays(String checksum) {
		this.primary.addHeader(checksum);
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> 1000);

			assertThat(Form.STREAM.read(template, this.folder)).isEqualTo(CONTENT);
		});
	}

	static Stream<String> checksums() {
		return Stream.of("x-amz-checksum-crc32: " + crc32(CONTENT), "x-amz-checksum-crc64nvme: " + crc64(CONTENT),
				"x-amz-checksum-sha256: " + digest("SHA-256", CONTENT), "x-comment: there is only the ETag, an MD5");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "x-amz-checksum-crc32: ???", "x-amz-checksum-sha512: AA==", "x-amz-checksum-md5: nonsense" })
	void passesOverAChecksumThatIsNone(String checksum) {
		this.primary.addHeader(checksum);
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> 1000);

			assertThat(Form.STREAM.read(template, this.folder)).isEqualTo(CONTENT);

			assertThat(of(DownloadResumed.class)).hasSize(1);
		});
	}

	@Test
	void doesNotDigestAStreamThatIsNotToBeDigested() {
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> 1000);
			this.secondary.corrupt((length) -> true);

			assertThat(Form.STREAM.read(template, this.folder)).hasSameSizeAs(CONTENT).isNotEqualTo(CONTENT);
		}, "s3s3.transfer.digest-streams=false");
	}

	@Test
	void leavesTheBytesOfOneAnswerToTheSdkWhereThereIsOnlyAnETag() {
		run((template) -> {
			this.primary.corrupt((length) -> true);

			assertThat(Form.STREAM.read(template, this.folder)).hasSameSizeAs(CONTENT).isNotEqualTo(CONTENT);
		});
	}

	@ParameterizedTest
	@MethodSource("restartable")
	void goesElsewhereWhenTheBytesOfOneAnswerAreNotTheObject(Form form) {
		this.primary.addHeader("x-amz-checksum-crc32: " + crc32(CONTENT));
		run((template) -> {
			this.primary.corrupt((length) -> true);

			assertThat(form.read(template, this.folder.resolve("target"))).isEqualTo(CONTENT);

			assertThat(of(RequestFailedOver.class)).hasSize(1);
		});
	}

	@Test
	void leavesNoFileBehindWhenADownloadFails() {
		put(west, random(300_001));
		run((template) -> {
			this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : 0);
			this.secondary.cut(Cut.CLOSE, (length) -> (length == 300_001) ? 1000 : 0);

			assertThatExceptionOfType(SdkException.class)
				.isThrownBy(() -> template.download(KEY, this.folder.resolve("target")));

			assertThat(this.folder).isEmptyDirectory();
		});
	}

	@Test
	void doesNotTouchAFileThatExists() throws IOException {
		Path target = Files.writeString(this.folder.resolve("target"), "mine");
		run((template) -> {
			assertThatExceptionOfType(SdkException.class).isThrownBy(() -> template.download(KEY, target))
				.withMessageContainingAll(target.toString(), "it exists")
				.withRootCauseInstanceOf(FileAlreadyExistsException.class);

			assertThat(this.primary.requests()).isEmpty();
			assertThat(target).hasContent("mine");
			assertThat(this.folder.toFile().list()).hasSize(1);
			assertThat(of(RequestFailedOver.class)).isEmpty();
		});
	}

	@Test
	void writesAFileWhoseNameIsAsLongAsCanBe() {
		Path target = this.folder.resolve("n".repeat(255));
		run((template) -> {
			template.download(KEY, target);

			assertThat(target).hasBinaryContent(CONTENT);
		});
	}

	@Test
	void needsTheFolderOfTheFile() {
		run((template) -> {
			assertThatExceptionOfType(SdkException.class)
				.isThrownBy(() -> template.download(KEY, this.folder.resolve("none/target")))
				.withMessageContaining("there is no directory " + this.folder.resolve("none"))
				.withRootCauseInstanceOf(NoSuchFileException.class);

			assertThat(this.primary.requests()).isEmpty();
			assertThat(of(RequestFailedOver.class)).isEmpty();
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

	@ParameterizedTest
	@EnumSource
	void knowsTheEndOfAnAnswerThatDoesNotTellIt(Form form) {
		this.primary.hideLength();
		this.secondary.hideLength();
		run((template) -> {
			this.primary.cut(Cut.STALL, (length) -> (length == CONTENT.length) ? 1000 : length);
			this.secondary.cut(Cut.CLOSE, (length) -> 2000);

			assertThat(form.read(template, this.folder.resolve("target"))).isEqualTo(CONTENT);

			assertThat(of(DownloadResumed.class)).extracting(DownloadResumed::getPosition)
				.containsExactly(1000L, 3000L);
			assertThat(of(BytesTransferred.class)).extracting(BytesTransferred::getBytes)
				.endsWith((long) CONTENT.length);
		});
	}

	@Test
	void tellsTheEndOfAnAnswerThatDoesNotTellIt() {
		this.primary.hideLength();
		run((template) -> {
			assertThat(Form.BYTES.read(template, this.folder)).isEqualTo(CONTENT);

			assertThat(of(BytesTransferred.class)).extracting(BytesTransferred::getBytes)
				.endsWith((long) CONTENT.length);
		});
	}

	@Test
	void goesOnWithTheVersionThatWasOverwrittenMeanwhile() {
		byte[] other = random(123_456);
		try (EmbeddedS3 versioned = EmbeddedS3.start("east");
				DownloadCutter cutter = DownloadCutter.before(versioned)) {
			enableVersioning(versioned);
			put(versioned, CONTENT);
			this.primary.close();
			this.primary = cutter;
			put(west, other);
			run((template) -> {
				this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : length);
				try (InputStream stream = template.downloadAsStream(KEY)) {
					byte[] start = stream.readNBytes(1000);
					put(versioned, other);

					assertThat(start).isEqualTo(java.util.Arrays.copyOf(CONTENT, 1000));
					assertThat(stream.readAllBytes())
						.isEqualTo(java.util.Arrays.copyOfRange(CONTENT, 1000, CONTENT.length));
				}
			});
		}
	}

	@Test
	void bringsTheVersionThatWasAskedFor() {
		try (EmbeddedS3 versioned = EmbeddedS3.start("east");
				DownloadCutter cutter = DownloadCutter.before(versioned)) {
			enableVersioning(versioned);
			String version = put(versioned, CONTENT);
			put(versioned, random(123_456));
			this.primary.close();
			this.primary = cutter;
			run((template) -> {
				this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : length);

				assertThat(template
					.getObject((request) -> request.key(KEY).versionId(version), ResponseTransformer.toBytes())
					.asByteArray()).isEqualTo(CONTENT);
			});
		}
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

	private void run(Check check, String... properties) {
		Contexts.impatientPair(this.primary.uri(), "east", this.secondary.uri(), "west")
			.withPropertyValues("s3s3.primary.max-connections=1", "s3s3.secondary.max-connections=1",
					"s3s3.secondary.read-timeout=10s", "s3s3.failover.max-rounds=1", "s3s3.failover.back-off=1ms")
			.withPropertyValues(properties)
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

	private static String crc32(byte[] content) {
		CRC32 crc = new CRC32();
		crc.update(content);
		return Base64.getEncoder().encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
	}

	private static String crc64(byte[] content) {
		long crc = -1;
		for (byte value : content) {
			crc ^= value & 0xFF;
			for (int bit = 0; bit < Byte.SIZE; bit++) {
				crc = (crc >>> 1) ^ (((crc & 1) != 0) ? 0x9A6C9329AC4BC9B5L : 0);
			}
		}
		return Base64.getEncoder().encodeToString(ByteBuffer.allocate(8).putLong(~crc).array());
	}

	private static String digest(String algorithm, byte[] content) {
		try {
			return Base64.getEncoder().encodeToString(MessageDigest.getInstance(algorithm).digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void enableVersioning(EmbeddedS3 server) {
		try (S3Client client = server.client()) {
			client.putBucketVersioning((request) -> request.bucket(server.bucket())
				.versioningConfiguration((versioning) -> versioning.status(BucketVersioningStatus.ENABLED)));
		}
	}

	private static String put(EmbeddedS3 server, byte[] content) {
		try (S3Client client = server.client()) {
			return client
				.putObject((request) -> request.bucket(server.bucket()).key(KEY), RequestBody.fromBytes(content))
				.versionId();
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
					assertThat(response.eTag()).isNotBlank();
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
