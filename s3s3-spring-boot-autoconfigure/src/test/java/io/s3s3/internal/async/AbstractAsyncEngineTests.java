package io.s3s3.internal.async;

import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestListener;
import io.s3s3.failure.FailureClassifier;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.hedge.HedgeSettings;
import io.s3s3.internal.call.AttemptLimits;
import io.s3s3.internal.call.CallServices;
import io.s3s3.internal.call.Repeats;
import io.s3s3.internal.call.RetryBudget;
import io.s3s3.internal.call.RetryRounds;
import io.s3s3.internal.consistency.Discoveries;
import io.s3s3.internal.consistency.WriteMemory;
import io.s3s3.internal.hedge.Hedges;
import io.s3s3.internal.io.Daemons;
import io.s3s3.internal.multipart.PortableUploads;
import io.s3s3.internal.operation.LeafMethod;
import io.s3s3.internal.route.Router;
import io.s3s3.internal.upload.IncompleteUploads;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

/**
 * Calls of an engine whose locations answer when they are told to.
 */
@Timeout(30)
abstract class AbstractAsyncEngineTests {

	static final LeafMethod HEAD = new LeafMethod(S3AsyncClient.class, "headObject",
			"(Lsoftware/amazon/awssdk/services/s3/model/HeadObjectRequest;)Ljava/util/concurrent/CompletableFuture;");

	static final HeadObjectResponse ANSWER = HeadObjectResponse.builder().build();

	final HeadObjectRequest request = HeadObjectRequest.builder().key("k").build();

	final List<RequestEvent> events = new CopyOnWriteArrayList<>();

	/** What the locations will answer, in the order in which they are asked. */
	final Map<LocationRole, Queue<CompletableFuture<HeadObjectResponse>>> answers = Map.of(LocationRole.PRIMARY,
			new ConcurrentLinkedQueue<>(), LocationRole.SECONDARY, new ConcurrentLinkedQueue<>());

	final S3AsyncClient primary = client(LocationRole.PRIMARY);

	final S3AsyncClient secondary = client(LocationRole.SECONDARY);

	final TrafficDirector director = new TrafficDirector(HealthSettings.DEFAULTS, List.of());

	FailureClassifier classifier = FailureClassifier.of(false);

	AttemptLimits limits = new AttemptLimits(1, Duration.ofMillis(1), null);

	TransferSettings transfer = TransferSettings.defaults();

	@TempDir
	private Path directory;

	private @Nullable AsyncEngine engine;

	AsyncEngine engine() {
		AsyncEngine engine = this.engine;
		if (engine == null) {
			LocationPair pair = new LocationPair(Location.of(LocationRole.PRIMARY, mock(S3Client.class), "east"),
					Location.of(LocationRole.SECONDARY, mock(S3Client.class), "west"));
			Router router = new Router(pair, this.director, false, true, new WriteMemory(ConsistencySettings.DEFAULTS,
					pair, this.director, Mockito.mock(Discoveries.class)));
			CallServices services = new CallServices(router, this.classifier, this.director,
					new Repeats(new RetryRounds(this.limits, new RetryBudget(), () -> 0.5),
							new Hedges(HedgeSettings.DEFAULTS, Daemons.named("hedge")), false),
					new IncompleteUploads(this.directory));
			engine = new AsyncEngine(new AsyncClients(this.primary, this.secondary), services, this.transfer,
					new PortableUploads(pair, services.router(), this.transfer, services.uploads()));
			this.engine = engine;
		}
		return engine;
	}

	@AfterEach
	void close() {
		engine().close();
	}

	CompletableFuture<@Nullable Object> head() {
		return head(this.events::add);
	}

	CompletableFuture<@Nullable Object> head(RequestListener listener) {
		return engine().execute(HEAD, this.request, null, listener);
	}

	/**
	 * Let a location answer the next request with a future.
	 */
	CompletableFuture<HeadObjectResponse> next(LocationRole location) {
		CompletableFuture<HeadObjectResponse> answer = new CompletableFuture<>();
		answersOf(location).add(answer);
		return answer;
	}

	Queue<CompletableFuture<HeadObjectResponse>> answersOf(LocationRole location) {
		return Objects.requireNonNull(this.answers.get(location));
	}

	<E extends RequestEvent> List<E> told(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	static SdkClientException refused() {
		return SdkClientException.create("refused", new ConnectException("refused"));
	}

	private S3AsyncClient client(LocationRole role) {
		S3AsyncClient client = mock(S3AsyncClient.class, withSettings().stubOnly());
		given(client.headObject(any(HeadObjectRequest.class))).willAnswer((call) -> answersOf(role).poll());
		return client;
	}

}
