package io.s3s3;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.s3s3.event.BytesTransferred;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.LocationStatus;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What the caller's own code throws while a client of a location runs it reaches only the
 * caller, and unchanged: each location has one connection, which the next call needs.
 */
class CallerThrowableIntegrationTests {

	private static final int LENGTH = 300_000;

	@AutoClose
	private static final EmbeddedS3 primary = EmbeddedS3.start("east");

	@AutoClose
	private static final EmbeddedS3 secondary = EmbeddedS3.start("west");

	@BeforeAll
	static void createForeignBucket() {
		try (S3Client direct = primary.client()) {
			direct.createBucket((request) -> request.bucket("foreign"));
		}
	}

	static Stream<Throwable> throwables() {
		return Stream.of(new OutOfMemoryError("told"), new StackOverflowError("told"), new LinkageError("told"),
				new AssertionError("told"), new InternalError("told"), new IllegalStateException("told"),
				new IllegalArgumentException("told"));
	}

	@ParameterizedTest
	@MethodSource("throwables")
	void throwsWhatAStreamThrows(Throwable told) {
		run((s3) -> {
			Throwable error = catchThrowable(() -> s3.putObject((request) -> request.key("key"), bodyOf(told)));

			assertThat(error).isSameAs(told);
		});
	}

	@ParameterizedTest
	@EnumSource
	void throwsAnErrorFromWhateverTheClientCalls(Faulty.Method method) {
		LinkageError told = new LinkageError("told");
		run((s3) -> {
			Throwable error = catchThrowable(() -> s3.putObject((request) -> request.key("key"),
					RequestBody.fromContentProvider(() -> new Faulty(method, told), LENGTH, "text/plain")));

			// What the client does not call does not fail.
			assertThat(error).isIn(told, null);
		});
	}

	@Test
	void throwsWhatAContentProviderThrows() {
		LinkageError told = new LinkageError("told");
		run((s3) -> assertThat(catchThrowable(
				() -> s3.putObject((request) -> request.key("key"), RequestBody.fromContentProvider(() -> {
					throw told;
				}, LENGTH, "text/plain"))))
			.isSameAs(told));
	}

	@Test
	void wrapsACheckedExceptionThatNobodyDeclaredAsTheSdkDoes() {
		Exception told = new Exception("told");
		run((s3) -> assertThat(catchThrowable(() -> s3.putObject((request) -> request.key("key"), bodyOf(told))))
			.isInstanceOf(SdkClientException.class)
			.hasRootCause(told));
	}

	@Test
	void throwsWhatAListenerOfBytesThrows() {
		StackOverflowError told = new StackOverflowError("told");
		run((s3) -> assertThat(catchThrowable(() -> s3.on(BytesTransferred.class, (event) -> {
			throw told;
		}).putObject((request) -> request.key("key"), RequestBody.fromBytes(new byte[LENGTH])))).isSameAs(told));
	}

	@Test
	void throwsWhatATransformerThrows() {
		StackOverflowError told = new StackOverflowError("told");
		run((s3) -> {
			s3.putObject((request) -> request.key("key"), RequestBody.fromBytes(new byte[LENGTH]));

			assertThat(catchThrowable(() -> s3.getObject((request) -> request.key("key"), (response, stream) -> {
				stream.read();
				throw told;
			}))).isSameAs(told);
		});
	}

	@Test
	void throwsWhatAPartOfAnUploadThrows() {
		OutOfMemoryError told = new OutOfMemoryError("told");
		context().withPropertyValues("s3s3.transfer.multipart-threshold=5MB", "s3s3.transfer.part-size=5MB")
			.run((context) -> {
				FailoverS3Template template = context.getBean(FailoverS3Template.class);
				InputStream stream = new Faulty(Faulty.Method.READ, told, 12_000_000);

				assertThat(catchThrowable(() -> template.upload("key", stream))).isSameAs(told);

				template.upload("key", new byte[1]);
			});
	}

	// A request for some other bucket goes to the primary's client with the body as it
	// is.
	@Test
	void throwsWhatTheBodyForAForeignBucketThrows() {
		OutOfMemoryError told = new OutOfMemoryError("told");
		run((s3) -> assertThat(
				catchThrowable(() -> s3.putObject((request) -> request.bucket("foreign").key("key"), bodyOf(told))))
			.isSameAs(told));
	}

	@Test
	void sparesAClientOfTheApplication() {
		OutOfMemoryError told = new OutOfMemoryError("told");
		try (S3Client east = primary.client();
				S3Client west = secondary.client();
				FailoverS3Client s3 = FailoverS3Client.builder()
					.primary(east, "east")
					.secondary(west, "west")
					.build()) {
			assertThat(catchThrowable(() -> s3.putObject((request) -> request.key("key"), bodyOf(told))))
				.isSameAs(told);

			east.headBucket((request) -> request.bucket("east"));
		}
	}

	private static RequestBody bodyOf(Throwable told) {
		return RequestBody.fromContentProvider(() -> new Faulty(Faulty.Method.READ, told), LENGTH, "text/plain");
	}

	// Afterwards the primary serves, is well, and nothing has failed over.
	private static void run(Consumer<FailoverS3Client> calls) {
		context().run((context) -> {
			List<Object> failovers = new CopyOnWriteArrayList<>();
			List<RequestCompleted> completed = new CopyOnWriteArrayList<>();
			FailoverS3Client s3 = context.getBean(FailoverS3Client.class)
				.on(RequestFailedOver.class, failovers::add)
				.on(RequestCompleted.class, completed::add);

			for (int i = 0; i < 4; i++) {
				calls.accept(s3);
			}

			s3.putObject((request) -> request.key("next"), RequestBody.fromString("x"));
			assertThat(failovers).isEmpty();
			assertThat(completed.get(completed.size() - 1).getLocation()).isEqualTo(LocationRole.PRIMARY);
			assertThat(completed).flatExtracting((event) -> event.getFailure().stream().toList())
				.extracting(Failure::kind)
				.allMatch(FailureKind.CALLER::equals);
			assertThat(context.getBean(FailoverControl.class).status().primary().status()).isEqualTo(LocationStatus.UP);
		});
	}

	private static ApplicationContextRunner context() {
		return Contexts.pair(primary.endpoint(), "east", secondary.endpoint(), "west")
			.withPropertyValues("s3s3.primary.max-connections=1", "s3s3.secondary.max-connections=1");
	}

	/**
	 * A stream of which one method throws whatever it is told, in the midst of the body.
	 */
	static final class Faulty extends FilterInputStream {

		private final Method method;

		private final Throwable told;

		private final int from;

		private int count;

		Faulty(Method method, Throwable told) {
			this(method, told, LENGTH);
		}

		Faulty(Method method, Throwable told, int length) {
			super(new ByteArrayInputStream(new byte[length]));
			this.method = method;
			this.told = told;
			this.from = length / 2;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int read = super.read(bytes, offset, length);
			this.count += read;
			if (this.count > this.from) {
				failAt(Method.READ);
			}
			return read;
		}

		@Override
		public long skip(long bytes) throws IOException {
			failAt(Method.SKIP);
			return super.skip(bytes);
		}

		@Override
		public int available() throws IOException {
			failAt(Method.AVAILABLE);
			return super.available();
		}

		@Override
		public void close() {
			failAt(Method.CLOSE);
		}

		@Override
		public boolean markSupported() {
			return this.method == Method.RESET || this.method == Method.MARK;
		}

		@Override
		public void mark(int limit) {
			failAt(Method.MARK);
			super.mark(limit);
		}

		@Override
		public void reset() throws IOException {
			failAt(Method.RESET);
			super.reset();
		}

		private void failAt(Method method) {
			if (this.method == method) {
				Faulty.<RuntimeException>sneak(this.told);
			}
		}

		@SuppressWarnings("unchecked")
		private static <E extends Throwable> void sneak(Throwable throwable) throws E {
			throw (E) throwable;
		}

		enum Method {

			READ, SKIP, AVAILABLE, CLOSE, MARK, RESET

		}

	}

}
