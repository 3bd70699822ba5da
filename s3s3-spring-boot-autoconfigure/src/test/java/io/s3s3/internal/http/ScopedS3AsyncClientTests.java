package io.s3s3.internal.http;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link ScopedS3AsyncClient} and {@link AttemptScopeCarrier}.
 */
class ScopedS3AsyncClientTests {

	private static final HeadObjectRequest REQUEST = HeadObjectRequest.builder().bucket("b").key("k").build();

	private final AttemptScope scope = new AttemptScope(false, () -> false, null);

	private final FailingHttpClient http = new FailingHttpClient();

	@Test
	void everyTryOfTheSdkHasTheScopeOfTheThreadThatCalls() {
		try (S3AsyncClient client = builder().build()) {
			CompletableFuture<?> answer;
			try (AttemptScope.Entered entered = this.scope.enter()) {
				answer = client.headObject(REQUEST);
			}

			assertThatThrownBy(answer::join).hasRootCauseInstanceOf(IOException.class);
			assertThat(this.http.scopes).hasSizeGreaterThan(1).allMatch(this.scope::equals);
			assertThat(Collections.frequency(this.http.threads, Thread.currentThread())).isEqualTo(1);
		}
	}

	@Test
	void aRequestKeepsTheScopeThatItCarries() {
		try (S3AsyncClient client = builder().build()) {
			CompletableFuture<?> answer = client
				.headObject((HeadObjectRequest) AttemptScopeAttribute.with(REQUEST, this.scope));

			assertThatThrownBy(answer::join).hasRootCauseInstanceOf(IOException.class);
			assertThat(this.http.scopes).isNotEmpty().allMatch(this.scope::equals);
		}
	}

	@Test
	void findsTheScopeIfNothingElseDelegates() {
		try (S3AsyncClient client = builder().build();
				S3AsyncClient inParts = builder().multipartEnabled(true).build();
				S3AsyncClient anyRegion = builder().crossRegionAccessEnabled(true).build()) {
			assertThat(ScopedS3AsyncClient.findsScope(scoped(client))).isTrue();
			assertThat(ScopedS3AsyncClient.findsScope(scoped(inParts))).isFalse();
			assertThat(ScopedS3AsyncClient.findsScope(scoped(anyRegion))).isFalse();
			assertThat(ScopedS3AsyncClient.findsScope(client)).isFalse();
		}
	}

	private static S3AsyncClient scoped(S3AsyncClient client) {
		return new ScopedS3AsyncClient(client) {
		};
	}

	private S3AsyncClientBuilder builder() {
		return S3AsyncClient.builder()
			.region(Region.US_EAST_1)
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.httpClient(this.http)
			.overrideConfiguration((configuration) -> configuration.addExecutionInterceptor(new AttemptScopeCarrier()));
	}

	/**
	 * Notes the scope of each request, and fails it.
	 */
	private static final class FailingHttpClient implements SdkAsyncHttpClient {

		private final List<AttemptScope> scopes = new CopyOnWriteArrayList<>();

		private final List<Thread> threads = new CopyOnWriteArrayList<>();

		@Override
		public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
			this.scopes.add(AttemptScopeAttribute.in(request.httpExecutionAttributes()));
			this.threads.add(Thread.currentThread());
			IOException failure = new IOException("Not today");
			request.responseHandler().onError(failure);
			return CompletableFuture.failedFuture(failure);
		}

		@Override
		public void close() {
		}

	}

}
