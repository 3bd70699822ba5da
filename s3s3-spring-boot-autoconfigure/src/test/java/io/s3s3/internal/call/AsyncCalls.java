package io.s3s3.internal.call;

import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.S3Call;
import io.s3s3.failure.FailureClassifier;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.hedge.HedgeSettings;
import io.s3s3.internal.consistency.Discoveries;
import io.s3s3.internal.consistency.WriteMemory;
import io.s3s3.internal.hedge.Hedges;
import io.s3s3.internal.io.Daemons;
import io.s3s3.internal.route.Route;
import io.s3s3.internal.route.Router;
import io.s3s3.internal.upload.IncompleteUploads;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.mockito.Mockito;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Calls of an asynchronous client over two locations that answer when they are told to.
 */
final class AsyncCalls {

	static final long START = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

	static final HeadObjectResponse ANSWER = HeadObjectResponse.builder().build();

	static final HeadObjectResponse LATE = HeadObjectResponse.builder().eTag("late").build();

	HeadObjectRequest request = HeadObjectRequest.builder().key("k").build();

	final LocationPair pair = new LocationPair(location(LocationRole.PRIMARY, "east"),
			location(LocationRole.SECONDARY, "west"));

	final TrafficDirector director = new TrafficDirector(HealthSettings.DEFAULTS, List.of());

	final List<RequestEvent> events = new ArrayList<>();

	/** What the locations were sent, in their order. */
	final List<S3Request> requests = new ArrayList<>();

	/** What they will answer. */
	final List<CompletableFuture<Object>> answers = new ArrayList<>();

	AttemptLimits limits = AttemptLimits.DEFAULT;

	boolean hedged;

	/** What a listener does beside recording the event. */
	Consumer<RequestEvent> listener = (event) -> {
	};

	private final IncompleteUploads uploads;

	AsyncCalls(Path directory) {
		this.uploads = new IncompleteUploads(directory);
	}

	AsyncDriver driver() {
		return driver(new CallKind() {
		});
	}

	AsyncDriver driver(CallKind kind) {
		CallScope scope = scope();
		Route route = scope.services().router().route("HeadObject", this.request);
		return new AsyncDriver(new CallExecution(scope, kind, route), this::send, START);
	}

	CallScope scope() {
		Router router = new Router(this.pair, this.director, false, true, new WriteMemory(ConsistencySettings.DEFAULTS,
				this.pair, this.director, Mockito.mock(Discoveries.class)));
		CallServices services = new CallServices(router, FailureClassifier.of(false), this.director,
				new Repeats(new RetryRounds(this.limits, new RetryBudget(), () -> 0.5),
						new Hedges(HedgeSettings.DEFAULTS, Daemons.named("hedge")), this.hedged),
				this.uploads);
		return CallScope.of(services, new S3Call("HeadObject", this.request), this::record, START);
	}

	void answer(int index) {
		this.answers.get(index).complete(ANSWER);
	}

	void refuse(int index) {
		fail(index, refused());
	}

	void fail(int index, Throwable error) {
		this.answers.get(index).completeExceptionally(error);
	}

	<E extends RequestEvent> List<E> told(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	static SdkClientException refused() {
		return SdkClientException.create("refused", new ConnectException("refused"));
	}

	static @Nullable Throwable errorOf(CompletableFuture<Object> result) {
		assertThat(result).isCompletedExceptionally();
		return result.handle((answer, error) -> (error instanceof CompletionException) ? error.getCause() : error)
			.join();
	}

	private CompletableFuture<Object> send(S3Request request) {
		this.requests.add(request);
		CompletableFuture<Object> answer = new CompletableFuture<>();
		this.answers.add(answer);
		return answer;
	}

	private void record(RequestEvent event) {
		this.events.add(event);
		this.listener.accept(event);
	}

	private static Location location(LocationRole role, String bucket) {
		return Location.of(role, mock(S3Client.class), bucket);
	}

	/**
	 * Asks the same question after an error.
	 */
	static final class Asking extends CallKind {

		private final S3Request question;

		Asking(S3Request question) {
			this.question = question;
		}

		@Override
		public S3Request question(Throwable error) {
			return this.question;
		}

	}

}
