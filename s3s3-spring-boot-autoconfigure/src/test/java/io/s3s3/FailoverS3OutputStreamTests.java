package io.s3s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.awspring.cloud.s3.ObjectMetadata;
import io.awspring.cloud.s3.S3ObjectContentTypeResolver;
import io.awspring.cloud.s3.S3OutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link FailoverS3OutputStream} and {@link FailoverS3OutputStreamProvider}.
 */
class FailoverS3OutputStreamTests {

	private final FailoverS3Client client = mock(FailoverS3Client.class);

	private final AtomicReference<byte[]> stored = new AtomicReference<>();

	@AfterEach
	void clearInterrupt() {
		Thread.interrupted();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 65_535, 65_536, 65_537, 5_000_000 })
	void storesWhatIsWritten(int size) throws IOException {
		givenThatUploadsSucceed();
		byte[] content = new byte[size];
		new Random(size).nextBytes(content);

		try (S3OutputStream stream = open(null)) {
			int middle = size / 3;
			stream.write(content, 0, middle);
			for (int i = middle; i < Math.min(size, middle + 10); i++) {
				stream.write(content[i]);
			}
			int written = Math.min(size, middle + 10);
			stream.write(content, written, size - written);
			then(this.client).should(never()).close();
		}

		assertThat(this.stored.get()).isEqualTo(content);
	}

	@Test
	void storesNothingWhenItIsAborted() throws IOException {
		S3OutputStream stream = open(null);
		stream.write(1);
		stream.abort();
		stream.close();

		then(this.client).should(never()).upload(any(PutObjectRequest.class), any(RequestBody.class));
		assertThatIllegalStateException().isThrownBy(stream::abort);
		assertThatIOException().isThrownBy(() -> stream.write(1));
	}

	@Test
	void breaksTheUploadWhenItIsAborted() throws IOException {
		givenThatUploadsSucceed();
		S3OutputStream stream = open(null);
		stream.write(new byte[1_000_000]);

		stream.abort();

		assertThat(this.stored.get()).isNull();
	}

	@Test
	void throwsWhatTheUploadThrowsThoughMoreIsWritten() throws IOException {
		SdkClientException failure = SdkClientException.create("both are down");
		given(this.client.upload(any(PutObjectRequest.class), any(RequestBody.class))).willThrow(failure);
		S3OutputStream stream = open(null);

		assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> stream.write(new byte[1_000_000]))
			.isSameAs(failure);
		stream.abort();
		stream.close();
	}

	@Test
	void doesNotTellOfAFailureWhenItIsAborted() throws Exception {
		CountDownLatch written = new CountDownLatch(1);
		CountDownLatch failing = new CountDownLatch(1);
		given(this.client.upload(any(PutObjectRequest.class), any(RequestBody.class))).willAnswer((invocation) -> {
			assertThat(written.await(20, TimeUnit.SECONDS)).isTrue();
			failing.countDown();
			throw SdkClientException.create("both are down");
		});
		S3OutputStream stream = open(null);
		stream.write(new byte[1 << 16]);
		written.countDown();
		assertThat(failing.await(20, TimeUnit.SECONDS)).isTrue();

		stream.abort();

		assertThat(this.stored.get()).isNull();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 100_000 })
	void hasNothingToAbortAfterItFailedToClose(int size) throws IOException {
		SdkClientException failure = SdkClientException.create("both are down");
		given(this.client.upload(any(PutObjectRequest.class), any(RequestBody.class))).willAnswer((invocation) -> {
			contentOf(invocation.getArgument(1));
			throw failure;
		});
		S3OutputStream stream = open(null);
		stream.write(new byte[size]);
		assertThatExceptionOfType(SdkClientException.class).isThrownBy(stream::close).isSameAs(failure);

		stream.abort();

		then(this.client).should().upload(any(PutObjectRequest.class), any(RequestBody.class));
	}

	@Test
	void cannotBeAbortedOnceTheObjectIsStored() throws IOException {
		givenThatUploadsSucceed();
		S3OutputStream stream = open(null);
		stream.write(new byte[100_000]);
		stream.close();

		assertThatIllegalStateException().isThrownBy(stream::abort);
	}

	@Test
	void throwsWhatTheUploadThrowsWhenItIsClosed() throws IOException {
		SdkClientException failure = SdkClientException.create("both are down");
		given(this.client.upload(any(PutObjectRequest.class), any(RequestBody.class))).willAnswer((invocation) -> {
			contentOf(invocation.getArgument(1));
			throw failure;
		});
		S3OutputStream stream = open(null);
		stream.write(new byte[100_000]);

		assertThatExceptionOfType(SdkClientException.class).isThrownBy(stream::close).isSameAs(failure);
	}

	@Test
	void givesUpWhenTheWriterIsInterrupted() {
		CountDownLatch never = new CountDownLatch(1);
		given(this.client.upload(any(PutObjectRequest.class), any(RequestBody.class))).willAnswer((invocation) -> {
			never.await();
			return null;
		});
		S3OutputStream stream = open(null);
		Thread.currentThread().interrupt();

		assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> stream.write(new byte[1_000_000]));
		assertThatNoException().isThrownBy(stream::abort);
		assertThat(Thread.currentThread().isInterrupted()).isTrue();
		never.countDown();
	}

	@Test
	void carriesOverAllMetadata() throws IOException {
		givenThatUploadsSucceed();
		ObjectMetadata metadata = ObjectMetadata.builder()
			.contentType("text/css")
			.cacheControl("no-cache")
			.metadata("colour", "blue")
			.expires(Instant.EPOCH)
			.storageClass("GLACIER")
			.tagging("a=b")
			.contentMD5("digest")
			.build();

		open(metadata).close();

		PutObjectRequest request = request();
		assertThat(request.bucket()).isEqualTo("east");
		assertThat(request.key()).isEqualTo("k.json");
		assertThat(request.contentType()).isEqualTo("text/css");
		assertThat(request.cacheControl()).isEqualTo("no-cache");
		assertThat(request.metadata()).containsEntry("colour", "blue");
		assertThat(request.expires()).isEqualTo(Instant.EPOCH);
		assertThat(request.storageClassAsString()).isEqualTo("GLACIER");
		assertThat(request.tagging()).isEqualTo("a=b");
		assertThat(request.contentMD5()).isEqualTo("digest");
	}

	@Test
	void saysNothingOfTheContentThatItDoesNotKnow() throws IOException {
		givenThatUploadsSucceed();

		open(null).close();

		assertThat(request().contentType()).isEqualTo("application/json");
		assertThat(request().contentMD5()).isNull();
		assertThat(request().contentLength()).isNull();
	}

	private PutObjectRequest request() {
		ArgumentCaptor<PutObjectRequest> request = ArgumentCaptor.forClass(PutObjectRequest.class);
		then(this.client).should().upload(request.capture(), any(RequestBody.class));
		return request.getValue();
	}

	private void givenThatUploadsSucceed() {
		given(this.client.upload(any(PutObjectRequest.class), any(RequestBody.class))).willAnswer((invocation) -> {
			try {
				this.stored.set(contentOf(invocation.getArgument(1)));
			}
			catch (IOException ex) {
				throw SdkClientException.create("Could not read the body", ex);
			}
			return PutObjectResponse.builder().build();
		});
	}

	private S3OutputStream open(@org.jspecify.annotations.Nullable ObjectMetadata metadata) {
		S3ObjectContentTypeResolver types = (name) -> "application/json";
		try {
			return new FailoverS3OutputStreamProvider(this.client, types).create("east", "k.json", metadata);
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	private static byte[] contentOf(RequestBody body) throws IOException {
		try (InputStream stream = body.contentStreamProvider().newStream()) {
			return stream.readAllBytes();
		}
	}

}
