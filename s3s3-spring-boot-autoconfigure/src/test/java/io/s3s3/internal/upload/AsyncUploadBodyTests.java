package io.s3s3.internal.upload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

import io.s3s3.testkit.OncePublisher;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link AsyncUploadBody}, all on one thread.
 */
class AsyncUploadBodyTests {

	private static final byte[] CONTENT = "0123456789".repeat(20_000).getBytes(StandardCharsets.US_ASCII);

	@TempDir
	private Path directory;

	@Test
	void sendsBytesOfTheSdkAgainWithoutRecordingThem() {
		AsyncUploadBody body = body(AsyncRequestBody.fromBytes(CONTENT), Long.MAX_VALUE);

		assertThat(body.prepare()).isCompleted();
		assertThat(Reader.of(body).all()).isEqualTo(CONTENT);
		assertThat(Reader.of(body).all()).isEqualTo(CONTENT);
		assertThat(body.forAttempt(null).contentLength()).contains((long) CONTENT.length);
	}

	@Test
	void recordsAnyOtherBodyWhileItPasses() throws IOException {
		OncePublisher source = new OncePublisher(CONTENT, 9_999);
		AsyncUploadBody body = body(sized(source), Long.MAX_VALUE);

		assertThat(body.prepare()).isCompleted();
		assertThat(Reader.of(body).all()).isEqualTo(CONTENT);
		assertThat(body.prepare()).isCompleted();
		assertThat(Reader.of(body).all()).isEqualTo(CONTENT);
		assertThat(source.subscribers()).isOne();
		body.close();
		assertThat(files()).isZero();
	}

	@Test
	void goesOnWhereAnAttemptHasStopped() {
		AsyncUploadBody body = body(sized(new OncePublisher(CONTENT, 1_000)), Long.MAX_VALUE);
		body.prepare();
		Reader first = Reader.of(body);
		first.ask(3);
		first.stop();

		assertThat(first.bytes()).hasSize(3_000);
		assertThat(Reader.of(body).all()).isEqualTo(CONTENT);
	}

	@Test
	void asksTheSourceForNoMoreThanIsWanted() {
		CountingPublisher source = new CountingPublisher(new OncePublisher(CONTENT, 1_000));
		AsyncUploadBody body = body(sized(source), Long.MAX_VALUE);
		body.prepare();
		Reader reader = Reader.of(body);
		assertThat(source.asked).isZero();

		reader.ask(5);

		assertThat(source.asked).isEqualTo(5);
		body.close();
		assertThat(source.cancelled).isTrue();
	}

	@Test
	void recordsABodyWithoutALengthInFull() {
		AsyncUploadBody body = body(AsyncRequestBody.fromPublisher(new OncePublisher(CONTENT, 5_000)), Long.MAX_VALUE);

		assertThat(body.prepare()).isCompleted();
		assertThat(body.forAttempt(null).contentLength()).contains((long) CONTENT.length);
		assertThat(Reader.of(body).all()).isEqualTo(CONTENT);
	}

	@Test
	void sendsOnceWhatIsLongerThanMayBeRecorded() {
		AsyncUploadBody body = body(sized(new OncePublisher(CONTENT, 1_000)), 50_000);
		body.prepare();

		assertThat(Reader.of(body).all()).isEqualTo(CONTENT);
		assertThat(body.notReplayableReason()).contains("s3s3.transfer.spool-limit");
		assertThat(Reader.of(body).error()).isInstanceOf(SdkClientException.class)
			.hasMessageContaining("cannot be sent again");
		assertThat(body.callerFailure()).isNull();
	}

	@Test
	void refusesABodyWithoutALengthThatIsLongerThanMayBeRecorded() {
		AsyncUploadBody body = body(AsyncRequestBody.fromPublisher(new OncePublisher(CONTENT, 1_000)), 50_000);

		assertThatThrownBy(() -> body.prepare().get()).hasCauseInstanceOf(SdkClientException.class)
			.hasMessageContaining("State its length");
		assertThat(body.callerFailure()).isNotNull();
	}

	@Test
	void tellsWhatThePublisherFailedWith() {
		IllegalStateException failure = new IllegalStateException("broken");
		AsyncUploadBody body = body(sized((subscriber) -> {
			subscriber.onSubscribe(new CountingPublisher.Ignoring());
			subscriber.onError(failure);
		}), Long.MAX_VALUE);
		body.prepare();

		assertThat(Reader.of(body).error()).isSameAs(failure);
		assertThat(body.callerFailure()).isSameAs(failure);
	}

	@Test
	void tellsThatThePublisherEndedEarly() {
		AsyncUploadBody body = body(sized(new OncePublisher(Arrays.copyOf(CONTENT, 7), 1_000)), Long.MAX_VALUE);
		body.prepare();

		Reader.of(body).all();

		assertThat(body.callerFailure()).hasMessage("The body ended after 7 of %d bytes".formatted(CONTENT.length));
	}

	@Test
	void sendsAnotherBodyOfTheSameLengthInstead() {
		AsyncUploadBody body = body(sized(new OncePublisher(CONTENT, 1_000)), Long.MAX_VALUE);
		body.prepare();

		assertThatIllegalArgumentException().isThrownBy(() -> body.replaceWith(RequestBody.fromString("y")));
		body.replaceWith(RequestBody.fromBytes(CONTENT));
		body.prepare();

		assertThat(Reader.of(body).all()).isEqualTo(CONTENT);
	}

	private AsyncUploadBody body(AsyncRequestBody body, long limit) {
		TransferSettings settings = TransferSettings.builder()
			.memoryLimit(DataSize.ofKilobytes(16))
			.spoolLimit((limit == Long.MAX_VALUE) ? null : DataSize.ofBytes(limit))
			.directory(this.directory)
			.build();
		return new AsyncUploadBody(body, false, settings, Runnable::run);
	}

	private long files() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.count();
		}
	}

	private static AsyncRequestBody sized(Publisher<ByteBuffer> publisher) {
		return new AsyncRequestBody() {

			@Override
			public Optional<Long> contentLength() {
				return Optional.of((long) CONTENT.length);
			}

			@Override
			public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
				publisher.subscribe(subscriber);
			}

		};
	}

	/**
	 * Reads what an attempt sends.
	 */
	private static final class Reader implements Subscriber<ByteBuffer> {

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private @Nullable Subscription subscription;

		private @Nullable Throwable error;

		static Reader of(AsyncUploadBody body) {
			Reader reader = new Reader();
			body.forAttempt(null).subscribe(reader);
			return reader;
		}

		byte[] all() {
			ask(Long.MAX_VALUE);
			assertThat(this.error).isNull();
			return bytes();
		}

		void ask(long count) {
			if (this.subscription != null) {
				this.subscription.request(count);
			}
		}

		void stop() {
			if (this.subscription != null) {
				this.subscription.cancel();
			}
		}

		byte[] bytes() {
			return this.bytes.toByteArray();
		}

		@Nullable Throwable error() {
			ask(1);
			return this.error;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
		}

		@Override
		public void onNext(ByteBuffer piece) {
			byte[] copy = new byte[piece.remaining()];
			piece.get(copy);
			this.bytes.writeBytes(copy);
		}

		@Override
		public void onError(Throwable error) {
			this.error = error;
		}

		@Override
		public void onComplete() {
		}

	}

}
