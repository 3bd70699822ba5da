package io.s3s3.internal.blocking;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.s3s3.failure.Failure;
import io.s3s3.internal.call.CallExecution;
import io.s3s3.internal.io.CompletionErrors;
import io.s3s3.internal.multipart.UploadPassage;
import io.s3s3.internal.multipart.Visit;
import io.s3s3.internal.multipart.Visits;
import io.s3s3.internal.route.Route;
import io.s3s3.internal.upload.SentBody;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * A call that belongs to an upload that a caller splits itself: wherever it goes, the
 * upload is brought there first, and the request and the answer are translated.
 */
final class PortableInvocation extends Invocation {

	private final Invocation invocation;

	private final UploadPassage passage;

	private final Visits visits;

	PortableInvocation(Invocation invocation, UploadPassage passage) {
		super(invocation);
		this.invocation = invocation;
		this.passage = passage;
		this.visits = new Visits(passage);
	}

	@Override
	@Nullable Object carryOut(BlockingCall call) throws Exception {
		UploadPassage.Answer earlier = this.passage.earlierAnswer();
		if (earlier != null) {
			call.scope().succeeded(earlier.location().role(), earlier.response(), System.nanoTime());
			return earlier.response();
		}
		Route route = this.passage.route(call.router(), call.call().operation(), call.call().request());
		try (Visits visits = this.visits) {
			return call.run(this, new CallExecution(call.scope(), this, route));
		}
	}

	@Override
	void prepare(AttemptContext attempt) {
		this.invocation.prepare(attempt);
		await(this.visits.begin(attempt.location()), attempt.call().scope().left(System.nanoTime()));
	}

	private static void await(CompletableFuture<Visit> visit, @Nullable Duration left) {
		try {
			if (left != null) {
				visit.get(left.toNanos(), TimeUnit.NANOSECONDS);
			}
			else {
				visit.get();
			}
		}
		catch (ExecutionException ex) {
			throw (CompletionErrors.causeOf(ex) instanceof RuntimeException error) ? error
					: SdkClientException.create("The upload cannot continue", ex);
		}
		catch (TimeoutException ex) {
			throw ApiCallTimeoutException.create(Objects.requireNonNull(left).toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw AbortedException.create("Interrupted before the upload could continue", ex);
		}
	}

	@Override
	@Nullable Object invoke(S3Request request, AttemptContext attempt) throws Throwable {
		Visit visit = this.visits.current();
		try {
			Object result = this.invocation.invoke(visit.translate(request), attempt);
			Object answer = (result instanceof S3Response response) ? visit.answered(response, body()) : result;
			String bound = this.passage.newlyBound();
			if (bound != null) {
				attempt.call().scope().events().bound(bound);
			}
			return answer;
		}
		catch (Throwable ex) {
			visit.failed(ex);
			throw ex;
		}
		finally {
			visit.close();
		}
	}

	@Override
	public Failure refine(Failure failure, Throwable error) {
		return this.passage.refine(this.invocation.refine(failure, error), error);
	}

	@Override
	public @Nullable SentBody body() {
		return this.invocation.body();
	}

	@Override
	public boolean asksForUpload() {
		return this.invocation.asksForUpload();
	}

}
