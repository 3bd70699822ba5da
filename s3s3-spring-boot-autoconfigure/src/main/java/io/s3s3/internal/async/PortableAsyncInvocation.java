package io.s3s3.internal.async;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.s3s3.failure.Failure;
import io.s3s3.internal.call.CallExecution;
import io.s3s3.internal.multipart.UploadPassage;
import io.s3s3.internal.multipart.Visit;
import io.s3s3.internal.multipart.Visits;
import io.s3s3.internal.route.Route;
import io.s3s3.internal.upload.SentBody;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * A call that belongs to an upload that a caller splits itself: wherever it goes, the
 * upload is brought there first, and the request and the answer are translated. Parts are
 * kept on a thread that may block.
 */
final class PortableAsyncInvocation extends AsyncInvocation {

	private final AsyncInvocation invocation;

	private final UploadPassage passage;

	private final Visits visits;

	PortableAsyncInvocation(AsyncInvocation invocation, UploadPassage passage) {
		super(invocation);
		this.invocation = invocation;
		this.passage = passage;
		this.visits = new Visits(passage);
	}

	@Override
	CompletableFuture<@Nullable Object> carryOut(AsyncCall call) {
		UploadPassage.Answer earlier = this.passage.earlierAnswer();
		if (earlier != null) {
			call.scope().succeeded(earlier.location().role(), earlier.response(), System.nanoTime());
			return CompletableFuture.completedFuture(earlier.response());
		}
		Route route = this.passage.route(call.router(), call.call().operation(), call.call().request());
		return call.run(this, new CallExecution(call.scope(), this, route));
	}

	@Override
	CompletableFuture<?> prepare(AsyncAttempt attempt) {
		return Futures.ifWell(this.invocation.prepare(attempt), (ready) -> visit(attempt));
	}

	private CompletableFuture<?> visit(AsyncAttempt attempt) {
		CompletableFuture<Visit> begun = this.visits.begin(attempt.location());
		Duration left = attempt.call().scope().left(System.nanoTime());
		if (left != null) {
			Future<?> limit = attempt.call()
				.workers()
				.schedule(() -> begun.completeExceptionally(ApiCallTimeoutException.create(left.toMillis())),
						Math.max(0, left.toNanos()));
			begun.whenComplete((visit, error) -> limit.cancel(false));
		}
		return begun;
	}

	@Override
	CompletableFuture<?> invoke(S3Request request, AsyncAttempt attempt) throws Throwable {
		Visit visit = this.visits.current();
		return Futures.then(this.invocation.invoke(visit.translate(request), attempt), (result, error) -> {
			CompletableFuture<@Nullable Object> taken = new CompletableFuture<>();
			attempt.call().workers().offLoop(() -> take(visit, attempt, result, error, taken));
			return taken;
		});
	}

	private void take(Visit visit, AsyncAttempt attempt, @Nullable Object result, @Nullable Throwable error,
			CompletableFuture<@Nullable Object> taken) {
		try {
			if (error != null) {
				visit.failed(error);
				taken.completeExceptionally(error);
				return;
			}
			Object answer = (result instanceof S3Response response) ? visit.answered(response, body()) : result;
			String bound = this.passage.newlyBound();
			if (bound != null) {
				attempt.driver().tell(() -> attempt.call().scope().events().bound(bound));
			}
			taken.complete(answer);
		}
		catch (Throwable ex) {
			taken.completeExceptionally(ex);
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
	void discard(@Nullable Object result) {
		this.invocation.discard(result);
	}

	@Override
	CompletableFuture<?> end(@Nullable Throwable error) {
		this.visits.close();
		return this.invocation.end(error);
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
