package io.s3s3.internal.async;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.s3s3.event.BytesTransferred.Direction;
import io.s3s3.failure.Failure;
import io.s3s3.internal.download.OpenBody;
import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.operation.LeafMethod;
import io.s3s3.internal.operation.RestOfDownload;
import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Requests the rest of a broken download from a location.
 */
final class AsyncRange extends AsyncInvocation {

	private static final LeafMethod GET_OBJECT = LeafMethod.of(S3AsyncClient.class, "getObject",
			CompletableFuture.class, GetObjectRequest.class, AsyncResponseTransformer.class);

	private final RestOfDownload rest;

	AsyncRange(RestOfDownload rest) {
		super(GET_OBJECT);
		this.rest = rest;
	}

	@Override
	CompletableFuture<?> invoke(S3Request request, AsyncAttempt attempt) throws Throwable {
		return get(attempt, this.rest.requestFor(request, attempt.location()), false);
	}

	@Override
	public @Nullable S3Request question(Throwable error) {
		return this.rest.question(error);
	}

	@Override
	CompletableFuture<?> ask(S3Request request, AsyncAttempt attempt) throws Throwable {
		return Futures.then(get(attempt, (GetObjectRequest) request, true),
				(answer, error) -> (error != null) ? CompletableFuture.failedFuture(this.rest.answerTo(error))
						: CompletableFuture.completedFuture(answer));
	}

	private CompletableFuture<?> get(AsyncAttempt attempt, GetObjectRequest request, boolean ofVersion)
			throws Throwable {
		Opener opener = new Opener(attempt.location(), attempt.progress());
		return Futures.ifWell(call(attempt.client(), request, opener), (opened) -> {
			Answer answer = (Answer) Objects.requireNonNull(opened);
			try {
				this.rest.requireRest(answer.response(), attempt.location().role(), ofVersion);
				if (answer.body().first() == null) {
					throw new EOFException("The answer ended before the first byte");
				}
				return CompletableFuture.completedFuture(answer);
			}
			catch (EOFException | RuntimeException ex) {
				answer.body().cancel();
				throw ex;
			}
		});
	}

	@Override
	void discard(@Nullable Object result) {
		if (result instanceof Answer answer) {
			answer.body().cancel();
		}
	}

	@Override
	public Failure refine(Failure failure, Throwable error) {
		return this.rest.refine(failure, error);
	}

	@Override
	public @Nullable S3Response responseOf(@Nullable Object result) {
		return (result instanceof Answer answer) ? answer.response() : null;
	}

	@Override
	public Direction direction() {
		return Direction.DOWNLOAD;
	}

	/**
	 * An answer that contains the rest.
	 */
	record Answer(Location location, GetObjectResponse response, OpenBody body, @Nullable ByteProgress progress) {

	}

	/**
	 * Completes with an answer once its first bytes have arrived.
	 */
	private static final class Opener implements AsyncResponseTransformer<GetObjectResponse, Answer>, OpenBody.Opening {

		private final Location location;

		private final @Nullable ByteProgress progress;

		private volatile CompletableFuture<Answer> answer = new CompletableFuture<>();

		private volatile @Nullable GetObjectResponse response;

		private volatile @Nullable OpenBody body;

		Opener(Location location, @Nullable ByteProgress progress) {
			this.location = location;
			this.progress = progress;
		}

		@Override
		public CompletableFuture<Answer> prepare() {
			this.body = null;
			this.answer = new CompletableFuture<>();
			return this.answer;
		}

		@Override
		public void onResponse(GetObjectResponse response) {
			this.response = response;
		}

		@Override
		public void onStream(SdkPublisher<ByteBuffer> publisher) {
			OpenBody body = new OpenBody(this);
			this.body = body;
			publisher.subscribe(body);
		}

		@Override
		public void exceptionOccurred(Throwable error) {
			OpenBody body = this.body;
			if (body != null) {
				body.end(error);
			}
			else {
				broken(error);
			}
		}

		@Override
		public void begun(OpenBody body) {
			this.answer.complete(new Answer(this.location, Objects.requireNonNull(this.response), body, this.progress));
		}

		@Override
		public void broken(Throwable error) {
			this.answer.completeExceptionally(error);
		}

	}

}
