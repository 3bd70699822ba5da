package io.s3s3;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.s3s3.consistency.WriteToken;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestListener;
import io.s3s3.internal.async.AsyncClients;
import io.s3s3.internal.async.AsyncEngine;
import io.s3s3.internal.blocking.FailoverEngine;
import io.s3s3.internal.blocking.Invocation;
import io.s3s3.internal.client.LeafCalls;
import io.s3s3.internal.client.PatientAsyncWaiter;
import io.s3s3.internal.consistency.Consistency;
import io.s3s3.internal.download.AsyncFileDownload;
import io.s3s3.location.LocationPair;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.S3Utilities;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.SelectObjectContentResponseHandler;
import software.amazon.awssdk.services.s3.presignedurl.AsyncPresignedUrlExtension;
import software.amazon.awssdk.services.s3.waiters.S3AsyncWaiter;

import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * The asynchronous failover client. The leaf methods of {@link S3AsyncClient}, which take
 * a request and at most a body, a transformer or a handler, are added by
 * {@link LeafCalls} and enter the engine. Every other default method runs as the SDK
 * wrote it, and so ends in leaf methods. Thread-safe.
 */
abstract class DefaultFailoverS3AsyncClient implements FailoverS3AsyncClient {

	private final DefaultFailoverS3Client client;

	private final AsyncClients clients;

	private final AsyncEngine engine;

	private final RequestListener listener;

	/** Does nothing for a view, whose engine belongs to another client. */
	private final Runnable closing;

	DefaultFailoverS3AsyncClient(DefaultFailoverS3Client client, AsyncClients clients, AsyncEngine engine,
			RequestListener listener, Runnable closing) {
		this.client = client;
		this.clients = clients;
		this.engine = engine;
		this.listener = listener;
		this.closing = closing;
	}

	static FailoverS3AsyncClient of(DefaultFailoverS3Client client, AsyncClients clients,
			List<RequestListener> listeners) {
		AsyncEngine engine = new AsyncEngine(clients, client.engine().services(), client.engine().transfer(),
				client.engine().portableUploads());
		List<RequestListener> all = new ArrayList<>(List.of(client.listener()));
		all.addAll(listeners);
		return create(client, clients, engine, RequestListener.composite(all), engine::close);
	}

	private static FailoverS3AsyncClient create(DefaultFailoverS3Client client, AsyncClients clients,
			AsyncEngine engine, RequestListener listener, Runnable closing) {
		try {
			return Leaves.CONSTRUCTOR.newInstance(client, clients, engine, listener, closing);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Called by each leaf method.
	 * @param index the index of the method
	 * @param request the request
	 * @param argument what the method takes besides the request, or {@code null}
	 * @return what the method returns
	 */
	Object call(int index, @Nullable Object request, @Nullable Object argument) {
		return this.engine.execute(Leaves.CALLS.methods().get(index), (S3Request) request, argument, this.listener);
	}

	@Override
	public LocationPair locations() {
		return this.client.locations();
	}

	@Override
	public <E extends RequestEvent> FailoverS3AsyncClient on(Class<E> type, Consumer<? super E> listener) {
		RequestListener composite = RequestListener
			.composite(List.of(this.listener, RequestListener.of(type, listener)));
		return view(this.engine, composite);
	}

	@Override
	public FailoverS3AsyncClient asServed() {
		return view(this.engine.promising(this.engine.consistency().asServed()), this.listener);
	}

	@Override
	public FailoverS3AsyncClient after(WriteToken token) {
		Assert.notNull(token, "token is required");
		return view(this.engine.promising(this.engine.consistency().after(token)), this.listener);
	}

	@Override
	public FailoverS3AsyncClient hedged() {
		return view(this.engine.hedging(), this.listener);
	}

	@Override
	public FailoverS3AsyncClient inParts() {
		return view(this.engine.inParts(this::storeInParts), this.listener);
	}

	private @Nullable Object storeInParts(PutObjectRequest request, RequestBody body, Consistency consistency,
			RequestListener listener) throws Exception {
		FailoverEngine blocking = this.client.engine().promising(consistency);
		Invocation upload = Invocation.ofUpload(request, body, blocking.transfer(), blocking.incompleteUploads());
		try {
			return blocking.execute("PutObject", request, upload, listener);
		}
		catch (Throwable ex) {
			ReflectionUtils.rethrowException(ex);
			throw new IllegalStateException(ex);
		}
	}

	private FailoverS3AsyncClient view(AsyncEngine engine, RequestListener listener) {
		return create(this.client, this.clients, engine, listener, () -> {
		});
	}

	@Override
	public Optional<WriteToken> lastWrite(String key) {
		Assert.notNull(key, "key is required");
		return Optional.ofNullable(this.engine.consistency().lastWrite(key));
	}

	@Override
	public CompletableFuture<GetObjectResponse> getObject(GetObjectRequest request, Path target) {
		Assert.notNull(target, "target is required");
		return getObject(request, new AsyncFileDownload(target, this.engine.offLoop()));
	}

	@Override
	public S3AsyncWaiter waiter() {
		return new PatientAsyncWaiter(this, this.engine.timer());
	}

	@Override
	public S3Utilities utilities() {
		return home().utilities();
	}

	/**
	 * Return what calls presigned URLs, each of which is bound to one location.
	 */
	@Override
	public AsyncPresignedUrlExtension presignedUrlExtension() {
		return home().presignedUrlExtension();
	}

	@Override
	public S3ServiceClientConfiguration serviceClientConfiguration() {
		return home().serviceClientConfiguration();
	}

	@Override
	public String serviceName() {
		return home().serviceName();
	}

	private S3AsyncClient home() {
		return this.clients.get(this.client.home().role());
	}

	@Override
	public void close() {
		this.closing.run();
	}

	@Override
	public String toString() {
		return "FailoverS3AsyncClient[" + locations().primary() + ", " + locations().secondary() + "]";
	}

	/**
	 * Initialized with the first client.
	 */
	private static final class Leaves {

		static final LeafCalls CALLS = new LeafCalls(S3AsyncClient.class, AsyncRequestBody.class,
				AsyncResponseTransformer.class, SelectObjectContentResponseHandler.class);

		static final Constructor<? extends DefaultFailoverS3AsyncClient> CONSTRUCTOR = CALLS
			.constructor(MethodHandles.lookup(), DefaultFailoverS3AsyncClient.class);

	}

}
