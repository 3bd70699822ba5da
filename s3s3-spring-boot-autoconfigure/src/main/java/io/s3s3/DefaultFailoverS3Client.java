package io.s3s3;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import io.s3s3.consistency.WriteToken;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestListener;
import io.s3s3.internal.blocking.FailoverEngine;
import io.s3s3.internal.blocking.Invocation;
import io.s3s3.internal.client.FailoverS3Presigner;
import io.s3s3.internal.client.LeafCalls;
import io.s3s3.internal.client.PatientWaiter;
import io.s3s3.internal.consistency.Consistency;
import io.s3s3.internal.io.TransferThreads;
import io.s3s3.internal.operation.LeafMethod;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.S3Utilities;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.waiters.S3Waiter;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * The failover client. The leaf methods of {@link S3Client}, which take a request and at
 * most a body or a transformer, are added by {@link LeafCalls} and enter the engine.
 * Every other default method runs as the SDK wrote it, and so ends in leaf methods.
 * Thread-safe.
 */
abstract class DefaultFailoverS3Client implements FailoverS3Client {

	private final LocationPair pair;

	private final FailoverEngine engine;

	private final RequestListener listener;

	/** Does nothing for a view, whose engine belongs to another client. */
	private final Runnable closing;

	DefaultFailoverS3Client(LocationPair pair, FailoverEngine engine, RequestListener listener, Runnable closing) {
		this.pair = pair;
		this.engine = engine;
		this.listener = listener;
		this.closing = closing;
	}

	static FailoverS3Client of(LocationPair pair, FailoverEngine engine, RequestListener listener) {
		return create(pair, engine, listener, engine::close);
	}

	private static FailoverS3Client create(LocationPair pair, FailoverEngine engine, RequestListener listener,
			Runnable closing) {
		try {
			return Leaves.CONSTRUCTOR.newInstance(pair, engine, listener, closing);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	FailoverEngine engine() {
		return this.engine;
	}

	RequestListener listener() {
		return this.listener;
	}

	/**
	 * Return the threads that a client sends on.
	 * @return its threads, or the default ones if it is not one of ours
	 */
	static TransferThreads threadsOf(FailoverS3Client client) {
		DefaultFailoverS3Client ours = behind(client);
		return (ours != null) ? ours.engine.transfer().threads() : TransferThreads.defaults();
	}

	/**
	 * Return the client behind the proxies that aspects put in front of beans.
	 * @param client a client, possibly a proxy
	 * @return the client that the builder made, or {@code null} if it is not one of ours
	 */
	static @Nullable DefaultFailoverS3Client behind(FailoverS3Client client) {
		Object target = client;
		while (target instanceof Advised) {
			target = AopProxyUtils.getSingletonTarget(target);
		}
		return (target instanceof DefaultFailoverS3Client ours) ? ours : null;
	}

	/**
	 * Called by each leaf method.
	 * @param index the index of the method
	 * @param request the request
	 * @param argument what the method takes besides the request, or {@code null}
	 * @return what the method returns
	 */
	@Nullable Object call(int index, @Nullable Object request, @Nullable Object argument) {
		LeafMethod method = Leaves.CALLS.methods().get(index);
		return execute(method.operation(), (S3Request) request,
				Invocation.of(method, argument, this.engine.transfer()));
	}

	private @Nullable Object execute(String operation, @Nullable S3Request request, Invocation invocation) {
		Assert.notNull(request, "request is required");
		try {
			return this.engine.execute(operation, request, invocation, this.listener);
		}
		catch (Throwable ex) {
			ReflectionUtils.rethrowRuntimeException(ex);
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public GetObjectResponse getObject(GetObjectRequest request, Path target) {
		return (GetObjectResponse) Objects
			.requireNonNull(execute("GetObject", request, Invocation.ofDownload(target, this.engine.transfer())));
	}

	@Override
	public PutObjectResponse upload(PutObjectRequest request, RequestBody body) {
		Assert.notNull(request, "request is required");
		Assert.notNull(body, "body is required");
		Invocation invocation = Invocation.ofUpload(request, body, this.engine.transfer(),
				this.engine.incompleteUploads());
		return (PutObjectResponse) Objects.requireNonNull(execute("PutObject", request, invocation));
	}

	@Override
	public LocationPair locations() {
		return this.pair;
	}

	@Override
	public Location home() {
		return this.engine.router().home();
	}

	@Override
	public S3Presigner presigner() {
		return new FailoverS3Presigner(this.pair, this.engine, this.listener);
	}

	@Override
	public <E extends RequestEvent> FailoverS3Client on(Class<E> type, Consumer<? super E> listener) {
		RequestListener composite = RequestListener
			.composite(List.of(this.listener, RequestListener.of(type, listener)));
		return create(this.pair, this.engine, composite, () -> {
		});
	}

	@Override
	public FailoverS3Client asServed() {
		return promising(this.engine.router().consistency().asServed());
	}

	@Override
	public FailoverS3Client after(WriteToken token) {
		Assert.notNull(token, "token is required");
		return promising(this.engine.router().consistency().after(token));
	}

	@Override
	public Optional<WriteToken> lastWrite(String key) {
		Assert.notNull(key, "key is required");
		return Optional.ofNullable(this.engine.router().consistency().lastWrite(key));
	}

	@Override
	public FailoverS3Client hedged() {
		return over(this.engine.hedging());
	}

	private FailoverS3Client promising(Consistency consistency) {
		return over(this.engine.promising(consistency));
	}

	private FailoverS3Client over(FailoverEngine engine) {
		return create(this.pair, engine, this.listener, () -> {
		});
	}

	@Override
	public S3Waiter waiter() {
		return new PatientWaiter(this);
	}

	@Override
	public S3Utilities utilities() {
		return home().client().utilities();
	}

	@Override
	public S3ServiceClientConfiguration serviceClientConfiguration() {
		return home().client().serviceClientConfiguration();
	}

	@Override
	public String serviceName() {
		return home().client().serviceName();
	}

	@Override
	public void close() {
		this.closing.run();
	}

	@Override
	public String toString() {
		return "FailoverS3Client[" + this.pair.primary() + ", " + this.pair.secondary() + "]";
	}

	/**
	 * Initialized with the first client.
	 */
	private static final class Leaves {

		static final LeafCalls CALLS = new LeafCalls(S3Client.class, RequestBody.class, ResponseTransformer.class);

		static final Constructor<? extends DefaultFailoverS3Client> CONSTRUCTOR = CALLS
			.constructor(MethodHandles.lookup(), DefaultFailoverS3Client.class);

	}

}
