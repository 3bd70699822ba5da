package io.s3s3.internal.client;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestListener;
import io.s3s3.internal.blocking.FailoverEngine;
import io.s3s3.internal.blocking.Invocation;
import io.s3s3.internal.io.TransferThreads;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.waiters.S3Waiter;

import org.springframework.util.Assert;

/**
 * Stands behind the proxy that is a failover client. The leaf methods of
 * {@link S3Client}, which take a request and at most a body or a transformer, enter the
 * engine. Every other default method runs as the SDK wrote it, on the proxy, and so ends
 * in leaf methods. Thread-safe.
 *
 * @param <C> the type of client, whose own methods are answered by their names
 */
public final class FailoverS3ClientHandler<C extends S3Client> implements InvocationHandler {

	/** The operation of each leaf method, such as PutObject. */
	private static final Map<Method, String> OPERATIONS = leafMethods();

	private final Class<C> type;

	private final LocationPair pair;

	private final FailoverEngine engine;

	private final RequestListener listener;

	/** Whether the engine is another client's, who closes it. */
	private final boolean view;

	private FailoverS3ClientHandler(Class<C> type, LocationPair pair, FailoverEngine engine, RequestListener listener,
			boolean view) {
		this.type = type;
		this.pair = pair;
		this.engine = engine;
		this.listener = listener;
		this.view = view;
	}

	/**
	 * Create a client.
	 * @param <C> the type of client
	 * @param type the type of client
	 * @param pair the locations
	 * @param engine carries out the calls
	 * @param listener receives the events of all calls
	 * @return the client
	 */
	public static <C extends S3Client> C client(Class<C> type, LocationPair pair, FailoverEngine engine,
			RequestListener listener) {
		return new FailoverS3ClientHandler<>(type, pair, engine, listener, false).proxy();
	}

	/**
	 * Return the threads that a client sends from.
	 * @param client the client
	 * @return its threads, or the default ones if it is none of ours
	 */
	public static TransferThreads threadsOf(S3Client client) {
		return (Proxy.isProxyClass(client.getClass())
				&& Proxy.getInvocationHandler(client) instanceof FailoverS3ClientHandler<?> handler)
						? handler.engine.transfer().threads() : TransferThreads.defaults();
	}

	private C proxy() {
		return this.type.cast(Proxy.newProxyInstance(this.type.getClassLoader(), new Class<?>[] { this.type }, this));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		String operation = OPERATIONS.get(method);
		if (operation != null && arguments != null) {
			S3Request request = (S3Request) arguments[0];
			Assert.notNull(request, "request is required");
			Object argument = (arguments.length > 1) ? arguments[1] : null;
			return this.engine.execute(operation, request, Invocation.of(method, argument, this.engine.transfer()),
					this.listener);
		}
		if (arguments != null && arguments.length == 2 && arguments[0] instanceof GetObjectRequest request
				&& arguments[1] instanceof Path target) {
			return this.engine.execute("GetObject", request, Invocation.ofDownload(target, this.engine.transfer()),
					this.listener);
		}
		return switch (method.getName()) {
			case "locations" -> this.pair;
			case "home" -> home();
			case "presigner" -> new FailoverS3Presigner(this.pair, this.engine);
			case "on" -> listeningToo(arguments);
			case "waiter" -> S3Waiter.builder().client((S3Client) proxy).build();
			case "upload" -> upload(arguments);
			case "close" -> close();
			case "serviceName", "serviceClientConfiguration", "utilities" -> invokeAtHome(method, arguments);
			case "equals" -> arguments != null && proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "toString" -> "FailoverS3Client[" + this.pair.primary() + ", " + this.pair.secondary() + "]";
			default -> method.isDefault() ? InvocationHandler.invokeDefault(proxy, method, arguments)
					: invokeAtHome(method, arguments);
		};
	}

	@SuppressWarnings("NullAway") // called with the arguments of FailoverS3Client.upload
	private @Nullable Object upload(@Nullable Object @Nullable [] arguments) throws Throwable {
		PutObjectRequest request = (PutObjectRequest) arguments[0];
		RequestBody body = (RequestBody) arguments[1];
		Assert.notNull(request, "request is required");
		Assert.notNull(body, "body is required");
		Invocation invocation = Invocation.ofUpload(request, body, this.engine.transfer(),
				this.engine.incompleteUploads());
		return this.engine.execute("PutObject", request, invocation, this.listener);
	}

	private @Nullable Object close() {
		if (!this.view) {
			this.engine.close();
		}
		return null;
	}

	private Location home() {
		return this.engine.router().home();
	}

	// called with the arguments of FailoverS3Client.on
	@SuppressWarnings({ "unchecked", "NullAway" })
	private <E extends RequestEvent> C listeningToo(@Nullable Object @Nullable [] arguments) {
		RequestListener added = RequestListener.of((Class<E>) arguments[0], (Consumer<? super E>) arguments[1]);
		RequestListener composite = RequestListener.composite(List.of(this.listener, added));
		return new FailoverS3ClientHandler<>(this.type, this.pair, this.engine, composite, true).proxy();
	}

	private @Nullable Object invokeAtHome(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(home().client(), arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private static Map<Method, String> leafMethods() {
		Map<Method, String> operations = new HashMap<>();
		for (Method method : S3Client.class.getMethods()) {
			if (isLeaf(method)) {
				String name = method.getName();
				operations.put(method, Character.toUpperCase(name.charAt(0)) + name.substring(1));
			}
		}
		return operations;
	}

	private static boolean isLeaf(Method method) {
		Class<?>[] parameters = method.getParameterTypes();
		if (parameters.length == 0 || parameters.length > 2 || !S3Request.class.isAssignableFrom(parameters[0])) {
			return false;
		}
		return (parameters.length == 1) ? S3Response.class.isAssignableFrom(method.getReturnType())
				: parameters[1] == RequestBody.class || parameters[1] == ResponseTransformer.class;
	}

}
