package io.s3s3.internal.blocking;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.s3s3.failure.Effect;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import io.s3s3.internal.call.CallExecution;
import io.s3s3.internal.io.CompletionErrors;
import io.s3s3.internal.multipart.UploadPassage;
import io.s3s3.internal.multipart.Visit;
import io.s3s3.internal.route.Route;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * A call about an upload that a caller cuts: wherever it goes, the upload is brought
 * there before, and its request and the answer are translated.
 */
final class PortableInvocation extends Invocation {

	private final Invocation invocation;

	private final UploadPassage passage;

	/** Of the last attempt. */
	private @Nullable Visit visit;

	PortableInvocation(Invocation invocation, UploadPassage passage) {
		super(invocation);
		this.invocation = invocation;
		this.passage = passage;
	}

	@Override
	@Nullable Object carryOut(BlockingCall call) throws Exception {
		UploadPassage.Answer earlier = this.passage.earlierAnswer();
		if (earlier != null) {
			call.scope().events().succeeded(earlier.location().role(), earlier.response());
			call.scope().events().completed(earlier.location().role(), call.elapsed(), null, List.of());
			return earlier.response();
		}
		Route route = this.passage.route(call.router(), call.call().operation(), call.call().request());
		try {
			return call.run(this, new CallExecution(call.scope(), this, route));
		}
		finally {
			leave();
		}
	}

	@Override
	void prepare(AttemptContext attempt) {
		this.invocation.prepare(attempt);
		leave();
		BlockingCall call = attempt.call();
		this.visit = await(this.passage.visit(attempt.location()),
				call.scope().deadline().left(call.call().request(), System.nanoTime()));
	}

	private static Visit await(CompletableFuture<Visit> visit, @Nullable Duration left) {
		try {
			return (left != null) ? visit.get(left.toNanos(), TimeUnit.NANOSECONDS) : visit.get();
		}
		catch (ExecutionException ex) {
			throw (CompletionErrors.causeOf(ex) instanceof RuntimeException error) ? error
					: SdkClientException.create("The upload cannot go on", ex);
		}
		catch (TimeoutException ex) {
			visit.thenAccept(Visit::close);
			throw ApiCallTimeoutException.create(Objects.requireNonNull(left).toMillis());
		}
		catch (InterruptedException ex) {
			visit.thenAccept(Visit::close);
			Thread.currentThread().interrupt();
			throw AbortedException.create("Interrupted before the upload could go on", ex);
		}
	}

	@Override
	@Nullable Object invoke(S3Request request, AttemptContext attempt) throws Throwable {
		Visit visit = Objects.requireNonNull(this.visit);
		try {
			Object result = this.invocation.invoke(visit.translate(request), attempt);
			Object answer = (result instanceof S3Response response)
					? visit.answered(response, this.invocation.content()) : result;
			if (this.passage.newlyBound() != null) {
				attempt.call().scope().events().bound(this.passage.newlyBound());
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

	/**
	 * Take the loss of an upload that may have been completed for a reason to complete it
	 * at the other location: the same bytes under the same key.
	 */
	@Override
	public Failure refine(Failure failure, Throwable error) {
		return this.passage.mayBeDone(error) ? Failure.ofSetup(FailureKind.UNEXPECTED, Effect.UNKNOWN)
				: this.invocation.refine(failure, error);
	}

	private void leave() {
		if (this.visit != null) {
			this.visit.close();
		}
	}

	@Override
	public @Nullable String notReplayableReason() {
		return this.invocation.notReplayableReason();
	}

	@Override
	public void replaceBody(RequestBody body) {
		this.invocation.replaceBody(body);
	}

	@Override
	public boolean failedAtCaller() {
		return this.invocation.failedAtCaller();
	}

	@Override
	public boolean asksForUpload() {
		return this.invocation.asksForUpload();
	}

}
