package io.s3s3.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.s3s3.internal.http.AttemptScope;
import io.s3s3.internal.http.CredentialsTime;
import io.s3s3.internal.http.StallTimeouts;
import io.s3s3.internal.io.AbandonedException;
import io.s3s3.internal.io.CompletionErrors;
import io.s3s3.internal.io.Daemons;
import org.apache.hc.client5.http.ConnectTimeoutException;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;

/**
 * Makes a credentials provider fail like those of the SDK, and within the timeout of a
 * location that does not answer. The exception of an application's provider would
 * otherwise look like an error of the caller, although the credentials of the other
 * location may work. A provider that hangs cannot be stopped, so it is called on a
 * bounded number of threads of our own. Thread-safe.
 */
final class ExceptionTranslatingCredentialsProvider implements IdentityProvider<AwsCredentialsIdentity> {

	static final String THREAD = "s3s3-credentials";

	private static final int MAX_THREADS = 16;

	private static final Duration IDLE = Duration.ofSeconds(1);

	/** How often to check whether waiting has become pointless. */
	private static final Duration LOOK = Duration.ofMillis(50);

	private final IdentityProvider<? extends AwsCredentialsIdentity> delegate;

	private final StallTimeouts limits;

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(MAX_THREADS, MAX_THREADS, IDLE.toMillis(),
			TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), Daemons.named(THREAD));

	private ExceptionTranslatingCredentialsProvider(IdentityProvider<? extends AwsCredentialsIdentity> delegate,
			StallTimeouts limits) {
		this.delegate = delegate;
		this.limits = limits;
		this.threads.allowCoreThreadTimeOut(true);
	}

	/**
	 * Return a plugin that guards the provider of a client, wherever it comes from.
	 * @param limits how long an answer may take
	 * @return the plugin
	 */
	static SdkPlugin plugin(StallTimeouts limits) {
		return (configuration) -> {
			if (configuration instanceof S3ServiceClientConfiguration.Builder s3 && s3.credentialsProvider() != null
					&& !isAtHand(s3.credentialsProvider())) {
				s3.credentialsProvider(new ExceptionTranslatingCredentialsProvider(s3.credentialsProvider(), limits));
			}
		};
	}

	// Such a provider neither fails nor hangs.
	private static boolean isAtHand(IdentityProvider<?> provider) {
		return provider instanceof StaticCredentialsProvider || provider instanceof AnonymousCredentialsProvider;
	}

	@Override
	public Class<AwsCredentialsIdentity> identityType() {
		return AwsCredentialsIdentity.class;
	}

	@Override
	public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
		long started = System.nanoTime();
		Duration timeout = this.limits.beforeAnswer(this.limits.readTimeouts().of(AttemptScope.current()));
		FutureTask<AwsCredentialsIdentity> identity = new FutureTask<>(
				() -> this.delegate.resolveIdentity(request).join());
		try {
			this.threads.execute(identity);
			return CompletableFuture.completedFuture(await(identity, started + timeout.toNanos()));
		}
		catch (ExecutionException ex) {
			throw asSdkException((ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (TimeoutException ex) {
			String message = "Unable to load the credentials of the location within " + timeout.toMillis() + " ms";
			throw SdkClientException.create(message, new ConnectTimeoutException(message));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw AbortedException.create("Interrupted while waiting for credentials", ex);
		}
		finally {
			if (identity.cancel(true)) {
				// Behind calls that hang it would stay in the queue, and so would all
				// after it.
				this.threads.remove(identity);
			}
			CredentialsTime.note(System.nanoTime() - started);
		}
	}

	/**
	 * Wait until waiting becomes pointless.
	 */
	private static AwsCredentialsIdentity await(Future<AwsCredentialsIdentity> identity, long until)
			throws InterruptedException, ExecutionException, TimeoutException {
		AttemptScope scope = AttemptScope.current();
		while (true) {
			long left = Math.max(0, until - System.nanoTime());
			try {
				return identity.get(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS);
			}
			catch (TimeoutException ex) {
				if (left <= LOOK.toNanos()) {
					throw ex;
				}
				if (scope.isInVain()) {
					throw AbandonedException.create("Gave up waiting for the credentials of a location that went out",
							false);
				}
			}
		}
	}

	private static SdkException asSdkException(Throwable error) {
		Throwable cause = CompletionErrors.causeOf(error);
		return (cause instanceof SdkException exception) ? exception
				: SdkClientException.create("Unable to load the credentials of the location", cause);
	}

	@Override
	public String toString() {
		return "ExceptionTranslatingCredentialsProvider";
	}

}
