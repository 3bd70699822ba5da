package io.s3s3;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.s3s3.testkit.Answer;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.HttpRequest;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeTry;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Whatever a caller gives, it is sent as it was meant, or refused before anything is
 * sent.
 */
class RequestPropertiesTests {

	private static final BlockingQueue<HttpRequest> requests = new LinkedBlockingQueue<>();

	private static final FaultyEndpoint recorder = AnsweringEndpoint
		.recording(Answer.success("<CopyObjectResult><ETag>e</ETag></CopyObjectResult>"), requests);

	private static final EmbeddedS3 server = EmbeddedS3.start("east");

	private static final S3Client recording = S3Client.builder()
		.endpointOverride(recorder.uri())
		.forcePathStyle(true)
		.region(Region.US_EAST_1)
		.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
		.build();

	private static final FailoverS3Client recorded = FailoverS3Client.builder()
		.primary(recording, "east")
		.secondary(recording, "west")
		.build();

	private static final S3Client storing = server.client();

	private static final FailoverS3Client stored = FailoverS3Client.builder()
		.primary(storing, "east")
		.secondary(recording, "west")
		.build();

	@BeforeTry
	void forget() {
		requests.clear();
	}

	@AfterContainer
	static void stop() {
		stored.close();
		recorded.close();
		storing.close();
		recording.close();
		server.close();
		recorder.close();
	}

	@Property(tries = 300)
	void sendsAKeyAsItIsOrRefusesIt(@ForAll("texts") String key) throws InterruptedException {
		Throwable error = catchThrowable(() -> recorded.headObject((request) -> request.key(key)));

		if (error == null) {
			assertThat(next().path()).isEqualTo("/east/" + key);
		}
		else {
			assertRefused(error);
			assertThat(key.isEmpty() || !isUnicode(key) || key.getBytes(StandardCharsets.UTF_8).length > 1024).isTrue();
		}
	}

	@Property(tries = 100)
	void sendsTheKeysOfACopyAsTheyAreOrRefusesThem(@ForAll("texts") String source, @ForAll("texts") String target)
			throws InterruptedException {
		Throwable error = catchThrowable(
				() -> recorded.copyObject((request) -> request.sourceKey(source).destinationKey(target)));

		if (error instanceof IllegalArgumentException || source.isEmpty() || target.isEmpty()) {
			assertRefused(error);
		}
		else {
			HttpRequest request = next();
			assertThat(request.path()).isEqualTo("/east/" + target);
			assertThat(request.decodedHeader("x-amz-copy-source")).isEqualTo("east/" + source);
		}
	}

	@Property(tries = 100)
	void refusesToDeleteAnotherObjectThanTheOneThatWasMeant(@ForAll("brokenTexts") String key) {
		assertRefused(catchThrowable(() -> recorded.deleteObject((request) -> request.key(key))));
		assertRefused(catchThrowable(() -> recorded.deleteObjects(
				(request) -> request.delete((delete) -> delete.objects(ObjectIdentifier.builder().key(key).build())))));
		assertRefused(catchThrowable(() -> recorded.listObjectsV2((request) -> request.prefix(key))));
	}

	@Property(tries = 300)
	void sendsMetadataAsItIsOrRefusesIt(@ForAll("texts") String value) throws InterruptedException {
		Throwable error = catchThrowable(() -> recorded
			.putObject((request) -> request.key("key").metadata(Map.of("note", value)), RequestBody.fromString("x")));

		if (error == null) {
			assertThat(next().header("x-amz-meta-note")).isEqualTo(value.strip());
		}
		else {
			assertRefused(error);
			assertThat(value.chars().allMatch((c) -> c >= ' ' && c <= '~')).isFalse();
		}
	}

	@Property(tries = 200)
	void sendsNamesOfMetadataAsTheyAreOrRefusesThem(@ForAll("texts") String name) throws InterruptedException {
		Throwable error = catchThrowable(() -> recorded
			.putObject((request) -> request.key("key").metadata(Map.of(name, "value")), RequestBody.fromString("x")));

		if (error == null) {
			assertThat(next().header("x-amz-meta-" + name.toLowerCase(java.util.Locale.ROOT))).isEqualTo("value");
		}
		else {
			assertRefused(error);
		}
	}

	@Property(tries = 200)
	void sendsHeadersAsTheyAreOrRefusesThem(@ForAll("texts") String value) throws InterruptedException {
		Throwable error = catchThrowable(
				() -> recorded.putObject((request) -> request.key("key").contentDisposition(value).cacheControl(value),
						RequestBody.fromString("x")));

		if (error == null) {
			HttpRequest request = next();
			assertThat(request.header("content-disposition")).isEqualTo(value.strip());
			assertThat(request.header("cache-control")).isEqualTo(value.strip());
		}
		else {
			assertRefused(error);
			assertThat(error).hasMessageMatching("The (ContentDisposition|CacheControl) is sent as a header.*");
		}
	}

	@Property(tries = 100)
	void storesAnyBody(@ForAll @Size(max = 100_000) byte[] content) {
		stored.putObject((request) -> request.key("body"), RequestBody.fromBytes(content));

		assertThat(stored.getObjectAsBytes((request) -> request.key("body")).asByteArray()).isEqualTo(content);
	}

	@Property(tries = 100)
	void storesAnyOrdinaryKey(@ForAll("ordinaryKeys") String key) {
		stored.putObject((request) -> request.key(key), RequestBody.fromString(key));

		assertThat(stored.getObjectAsBytes((request) -> request.key(key)).asUtf8String()).isEqualTo(key);
		stored.deleteObject((request) -> request.key(key));
	}

	@Provide
	Arbitrary<String> texts() {
		return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(30), Arbitraries.strings().all().ofMaxLength(30),
				Arbitraries.strings().withCharRange('\u0000', '\u007f').ofMaxLength(30),
				Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(60),
				Arbitraries.strings().alpha().ofMinLength(300).ofMaxLength(1500), brokenTexts());
	}

	// With half a surrogate pair.
	@Provide
	Arbitrary<String> brokenTexts() {
		return Arbitraries.chars()
			.range('\ud800', '\udfff')
			.flatMap((half) -> Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(5).map((text) -> text + half));
	}

	// S3Proxy itself does not cope with all the others.
	@Provide
	Arbitrary<String> ordinaryKeys() {
		return Arbitraries.strings()
			.withChars("abcXYZ019 !'()*-_&$@=;:+,?#%\"<>~|^`{}[]\u00e4\u20ac\u65e5\u672c")
			.ofMinLength(1)
			.ofMaxLength(80)
			.filter((key) -> !key.isBlank());
	}

	private static HttpRequest next() throws InterruptedException {
		HttpRequest request = requests.poll(10, TimeUnit.SECONDS);
		assertThat(request).isNotNull();
		return request;
	}

	private static void assertRefused(Throwable error) {
		assertThat(error).isInstanceOfAny(IllegalArgumentException.class, SdkClientException.class);
		assertThat(error.getMessage()).isNotBlank();
		assertThat(requests).isEmpty();
	}

	private static boolean isUnicode(String text) {
		return StandardCharsets.UTF_8.newEncoder().canEncode(text);
	}

}
