package io.s3s3.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.s3s3.testkit.Answer;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class RenewableHttpClientTests {

	private static final int THREADS = 16;

	private final List<SdkHttpClient> built = new CopyOnWriteArrayList<>();

	private final FaultyEndpoint endpoint = AnsweringEndpoint.answering(Answer.success(""));

	private final RenewableHttpClient client = new RenewableHttpClient(() -> {
		SdkHttpClient apache = Apache5HttpClient.create();
		this.built.add(apache);
		return apache;
	});

	@AfterEach
	void close() {
		this.client.close();
		this.endpoint.close();
	}

	@Test
	void buildsAClientAgainThatSomebodyClosed() throws IOException {
		this.built.get(0).close();

		assertThat(catchThrowable(this::get)).isInstanceOf(ConnectException.class)
			.hasRootCauseInstanceOf(IllegalStateException.class);

		get();
		assertThat(this.built).hasSize(2);
	}

	@Test
	void buildsItOnceForAllWhoFindItClosed() throws Exception {
		this.built.get(0).close();
		CyclicBarrier together = new CyclicBarrier(THREADS);
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		for (int i = 0; i < THREADS; i++) {
			threads.submit(() -> {
				together.await();
				return catchThrowable(this::get);
			});
		}
		threads.shutdown();

		assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.built).hasSize(2);
		get();
	}

	@Test
	void buildsAClientAgainThatAnErrorBroke() throws IOException {
		LinkageError told = new LinkageError("told");
		HttpExecuteRequest request = HttpExecuteRequest.builder()
			.request(request(SdkHttpMethod.PUT).putHeader("Content-Length", "1").build())
			.contentStreamProvider(() -> new InputStream() {

				@Override
				public int read() {
					throw told;
				}

			})
			.build();

		assertThat(catchThrowable(() -> this.client.prepareRequest(request).call())).isSameAs(told);

		get();
		assertThat(this.built).hasSize(2);
	}

	@Test
	void staysClosed() {
		this.client.close();

		assertThat(catchThrowable(this::get)).isInstanceOf(IllegalStateException.class);
		assertThat(this.built).hasSize(1);
	}

	private void get() throws IOException {
		this.client.prepareRequest(HttpExecuteRequest.builder().request(request(SdkHttpMethod.GET).build()).build())
			.call();
	}

	private SdkHttpRequest.Builder request(SdkHttpMethod method) {
		return SdkHttpRequest.builder().method(method).uri(this.endpoint.uri());
	}

}
