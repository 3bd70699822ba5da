package io.s3s3.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.s3s3.FailoverS3AsyncClient;
import io.s3s3.FailoverS3Client;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A blocking client that waits for the futures of an asynchronous one, so that tests need
 * not be written twice.
 *
 * @param client the asynchronous client
 */
public record JoinedS3Client(S3AsyncClient client) implements InvocationHandler {

	public static S3Client of(S3AsyncClient client) {
		return (S3Client) Proxy.newProxyInstance(S3Client.class.getClassLoader(), new Class<?>[] { S3Client.class },
				new JoinedS3Client(client));
	}

	/**
	 * Use the asynchronous side of a client, over clients that are guarded as its own
	 * are.
	 * @param s3 the client
	 * @param use uses it
	 */
	public static void run(FailoverS3Client s3, Use use) throws Exception {
		S3Client primary = s3.locations().primary().client();
		S3Client secondary = s3.locations().secondary().client();
		try (S3AsyncClient east = GuardedClients.asynchronous(endpointOf(primary), primary);
				S3AsyncClient west = GuardedClients.asynchronous(endpointOf(secondary), secondary);
				FailoverS3AsyncClient both = FailoverS3AsyncClient.builder()
					.client(s3)
					.primary(east)
					.secondary(west)
					.build()) {
			use.with(of(both));
		}
	}

	private static URI endpointOf(S3Client client) {
		return client.serviceClientConfiguration().endpointOverride().orElseThrow();
	}

	@Override
	public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
		if (arguments == null || !(arguments[0] instanceof S3Request request)
				|| method.getName().equals("getObjectAsBytes")
				|| (request instanceof GetObjectRequest && arguments.length == 1)) {
			return InvocationHandler.invokeDefault(proxy, method, arguments);
		}
		Object argument = (arguments.length > 1) ? arguments[1] : null;
		if (request instanceof GetObjectRequest get && argument instanceof Path path) {
			return join(this.client.getObject(get, path));
		}
		if (argument instanceof ResponseTransformer<?, ?> transformer) {
			return join(call(method, request, AsyncResponseTransformer.class, transformer.name().equals("Bytes")
					? AsyncResponseTransformer.toBytes() : AsyncResponseTransformer.toBlockingInputStream()));
		}
		if (argument instanceof RequestBody body) {
			return join(call(method, request, AsyncRequestBody.class, asynchronous(body)));
		}
		return join((CompletableFuture<?>) S3AsyncClient.class.getMethod(method.getName(), request.getClass())
			.invoke(this.client, request));
	}

	private CompletableFuture<?> call(Method method, S3Request request, Class<?> type, Object argument)
			throws ReflectiveOperationException {
		return (CompletableFuture<?>) S3AsyncClient.class.getMethod(method.getName(), request.getClass(), type)
			.invoke(this.client, request, argument);
	}

	private static AsyncRequestBody asynchronous(RequestBody body) {
		try {
			byte[] bytes = body.contentStreamProvider().newStream().readAllBytes();
			return body.contentStreamProvider().name().equals("Bytes") ? AsyncRequestBody.fromBytes(bytes)
					: new SizedBody(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Object join(CompletableFuture<?> future) throws Throwable {
		try {
			return future.get(30, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			throw ex.getCause();
		}
	}

	/**
	 * Uses a client.
	 */
	@FunctionalInterface
	public interface Use {

		void with(S3Client s3) throws Exception;

	}

	/**
	 * A body of known length that can be read once.
	 */
	private static final class SizedBody implements AsyncRequestBody {

		private final OncePublisher publisher;

		private final long length;

		SizedBody(byte[] bytes) {
			this.publisher = new OncePublisher(bytes, 16_384);
			this.length = bytes.length;
		}

		@Override
		public Optional<Long> contentLength() {
			return Optional.of(this.length);
		}

		@Override
		public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
			this.publisher.subscribe(subscriber);
		}

	}

}
